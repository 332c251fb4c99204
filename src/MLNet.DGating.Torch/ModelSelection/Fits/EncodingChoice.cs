using System.Globalization;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Chooses whether numbers are encoded as piecewise linear for a path (docs/theory.md §19).</summary>
internal static class EncodingChoice
{
    /// <summary>The most inputs for which the encoding is tried: images and spectra have more, and need no jumps.</summary>
    private const int MostInputs = 200;

    /// <summary>The fewest rows for which it is tried: intervals of few rows are noise.</summary>
    private const int FewestRows = 1000;

    /// <summary>The standard errors by which intervals must be better.</summary>
    /// <remarks>
    /// Of many features of noise a small network memorises less than a large one, with intervals or without; jumps show by far more.
    /// </remarks>
    private const double StandardErrors = 2;

    /// <summary>Gives the fit with the encoding that was asked for, or the better one on held-out rows.</summary>
    /// <remarks>
    /// Where classes are predicted, networks on both encodings are compared at the end of their dense phase. Where numbers are, jumps are
    /// left to the network of embeddings that takes the place of the refit (<see cref="EmbeddingChoice"/>).
    /// </remarks>
    /// <param name="workflow">The rows, the settings, and the executor of runs.</param>
    /// <param name="trainingRows">The numbers of the rows to train on.</param>
    /// <param name="validationRows">The numbers of the rows to choose by; empty to hold out a part of the training rows.</param>
    public static FitWorkflow WithEncoding(this FitWorkflow workflow, int[] trainingRows, int[] validationRows)
    {
        bool isPiecewise = workflow.Settings.NumericEncoding switch
        {
            DGatingNumericEncoding.PiecewiseLinear => CanEncode(workflow),
            DGatingNumericEncoding.Auto => IsOpen(workflow, trainingRows) && IsBetter(workflow, trainingRows, validationRows),
            _ => false,
        };
        return isPiecewise ? workflow with { Settings = workflow.Settings with { Training = Piecewise(workflow) } } : workflow;
    }

    /// <summary>Tells whether rows are of a kind that can be encoded: dense, in memory, and with a label.</summary>
    public static bool CanEncode(FitWorkflow workflow)
    {
        bool canEncode = workflow.Executor.HasTableNetworks && workflow.Data is { IsSparse: false, Stream: null, TargetRows: null };
        if (!canEncode && workflow.Settings.NumericEncoding is DGatingNumericEncoding.PiecewiseLinear or DGatingNumericEncoding.Embedding)
        {
            string left = workflow.Data.IsAdditive
                ? "A curve for each number, instead of a straight line,"
                : $"NumericEncoding {workflow.Settings.NumericEncoding}";
            workflow.Context.Warn($"{left} is left out: it is for a label and dense rows that fit in memory, on the CPU.");
        }

        return canEncode;
    }

    /// <summary>Tells whether another encoding than the standardized numbers may be chosen automatically.</summary>
    public static bool IsOpen(FitWorkflow workflow, int[] trainingRows) =>
        CanEncode(workflow)
        && workflow.Data.Groups.Inputs <= MostInputs
        && trainingRows.Length >= FewestRows
        && workflow.Settings.InputNoise is null or 0
        && workflow.Settings is { NumberOfRuns: 1, Effort: 1, Stop: not StopRule.AtLambda { IsCertified: true } };

    // The squared error of a prediction is four times as curved as the log-loss, or more, and the additive part has large factors. Curves
    // alone have smaller ones.
    private static TrainingSettings Piecewise(FitWorkflow workflow)
    {
        TrainingSettings training = workflow.Settings.Training with { IsPiecewise = true };
        if (workflow.Data.Task.Classes is not null || workflow.Data.IsAdditive)
        {
            return training;
        }

        workflow.Context.Warn(
            "NumericEncoding PiecewiseLinear is made for classes: of a label that is a number, its path may leave out features that " +
            "matter. Embedding selects on standardized numbers, and predicts better.");
        return training with { LearningRate = training.LearningRate * DGatingDefaults.PiecewiseStepFactorOfNumbers };
    }

    private static bool IsBetter(FitWorkflow workflow, int[] trainingRows, int[] validationRows)
    {
        if (workflow.Data.Task.Classes is null)
        {
            return false;
        }

        (int[] training, int[] heldOut) = validationRows.Length > 0
            ? (trainingRows, validationRows)
            : workflow.Data.HoldOut(trainingRows, workflow.Settings.Seed);
        training = workflow.Preview(training);
        Candidate[] dense = [.. workflow.Try([Dense(false), Dense(true)]).Select(result => result.Candidates()[0])];
        OneStandardErrorSelector selector = workflow.Selector(heldOut);
        // A network that says less than a constant of rows it has not seen has nothing to say by intervals: it only memorises less.
        bool isBetter = selector.IsBetter(dense[1], dense[0], StandardErrors)
            && selector.MeanLoss(dense[1]).Mean < RowEvaluation.OfNullModel(workflow.Data, heldOut);
        workflow.Context.Inform(string.Create(CultureInfo.InvariantCulture,
            $"Numbers are {(isBetter ? "piecewise linear" : "standardized")}: after the dense phase the mean loss on held-out rows is " +
            $"{selector.MeanLoss(dense[1]).Mean:g3} with intervals, {selector.MeanLoss(dense[0]).Mean:g3} without."));
        return isBetter;

        RunDescription Dense(bool isPiecewise) =>
            workflow.Settings.Path(training, heldOut, noise: 0, StopRule.AtCount(workflow.Data.Groups.Count)) with
            {
                Settings = workflow.Settings.Training with { IsPiecewise = isPiecewise, NumberOfRefitIterations = 0 },
                Records = PathRecords.None,
            };
    }
}
