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

    /// <summary>The share of the loss of standardized numbers, below which intervals are taken where numbers are predicted.</summary>
    /// <remarks>
    /// The network of embeddings has intervals anyway, so that they are for the selection alone, whose path takes longer with them.
    /// </remarks>
    private const double FarBetter = 0.8;

    /// <summary>Gives the fit with the encoding that was asked for, or the better one on held-out rows.</summary>
    /// <remarks>
    /// Networks on both encodings are compared at the end of their dense phase. A network of embeddings may take the place of the refit
    /// either way (<see cref="EmbeddingChoice"/>).
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

    /// <summary>Tells whether rows are of a kind that can be encoded: dense, and with a label.</summary>
    public static bool CanEncode(FitWorkflow workflow)
    {
        bool canEncode = workflow.Executor.HasTableNetworks && workflow.Data is { IsSparse: false, TargetRows: null };
        if (!canEncode && workflow.Settings.NumericEncoding is DGatingNumericEncoding.PiecewiseLinear or DGatingNumericEncoding.Embedding)
        {
            string left = workflow.Data.IsAdditive
                ? "A curve for each number, instead of a straight line,"
                : $"NumericEncoding {workflow.Settings.NumericEncoding}";
            workflow.Context.Warn($"{left} is left out: it is for a label and dense rows, on the CPU.");
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
        return workflow.Data.Task.Classes is not null || workflow.Data.IsAdditive
            ? training
            : training with { LearningRate = training.LearningRate * DGatingDefaults.PiecewiseStepFactorOfNumbers };
    }

    private static bool IsBetter(FitWorkflow workflow, int[] trainingRows, int[] validationRows)
    {
        // Where all groups stay, only the refit would have the intervals, in whose place the network of embeddings is tried.
        bool isOfNumbers = workflow.Data.Task.Classes is null;
        if (isOfNumbers && workflow.Counts.Length > 0 && workflow.Counts[^1] == workflow.Data.Groups.Count)
        {
            return false;
        }

        (int[] training, int[] heldOut) = validationRows.Length > 0
            ? (trainingRows, validationRows)
            : workflow.Data.HoldOut(trainingRows, workflow.Settings.Seed);
        int[] rows = workflow.Preview(training);
        RunResult[] results = workflow.Try([Dense(workflow.Settings.Training), Dense(Piecewise(workflow))]);
        Candidate[] dense = Array.ConvertAll(results, result => result.Candidates()[0]);
        OneStandardErrorSelector selector = workflow.Selector(heldOut);
        double plain = selector.MeanLoss(dense[0]).Mean, intervals = selector.MeanLoss(dense[1]).Mean;
        // A network that says less than a constant of rows it has not seen has nothing to say by intervals: it only memorises less.
        bool isBetter = selector.IsBetter(dense[1], dense[0], StandardErrors)
            && intervals < RowEvaluation.OfNullModel(workflow.Data, heldOut)
            && (!isOfNumbers || intervals < FarBetter * plain);
        workflow.Context.Inform(string.Create(CultureInfo.InvariantCulture,
            $"Numbers are {(isBetter ? "piecewise linear" : "standardized")}: after the dense phase the mean loss on held-out rows is " +
            $"{intervals:g3} with intervals, {plain:g3} without."));
        return isBetter;

        RunDescription Dense(TrainingSettings network) =>
            workflow.Settings.Path(rows, heldOut, noise: 0, StopRule.AtCount(workflow.Data.Groups.Count)) with
            {
                Settings = network with { NumberOfRefitIterations = 0 },
                Records = PathRecords.None,
                Source = FitWorkflow.SourceOf(rows, training),
            };
    }
}
