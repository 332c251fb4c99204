using System.Globalization;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Holds the candidate that becomes the model, and what held-out rows say of it.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="TrainingRows">The numbers of the rows that it was trained on, whose encoding it has.</param>
/// <param name="IsBetterThanConstant">
/// Whether held-out rows show that it predicts better than a constant; whether training rows do where none were held out.
/// </param>
internal sealed record FittedCandidate(Candidate Candidate, int[] TrainingRows, bool IsBetterThanConstant)
{
    /// <summary>The numbers of the rows on which it was evaluated, and not trained; empty where there are none.</summary>
    public int[] HeldOutRows { get; init; } = [];

    /// <summary>The factor that calibrates its probabilities (docs/theory.md §17).</summary>
    public double Calibration { get; init; } = 1;

    /// <summary>How its count was chosen; null where it was not.</summary>
    public FeatureCountChoice? Choice { get; init; }

    /// <summary>Creates the result of a candidate that was not evaluated on held-out rows.</summary>
    public static FittedCandidate Unevaluated(FitWorkflow workflow, Candidate candidate, int[] trainingRows) =>
        new(
            candidate, trainingRows,
            candidate.Count == 0 || candidate.Refit.TrainingLoss < RowEvaluation.OfNullModel(workflow.Data, trainingRows));

    /// <summary>Creates the result of a candidate that was evaluated on held-out rows.</summary>
    public static FittedCandidate Evaluated(FitWorkflow workflow, Candidate candidate, int[] trainingRows, int[] heldOutRows)
    {
        Candidate constant = workflow.Constant(trainingRows, heldOutRows, candidate.Path);
        return new FittedCandidate(candidate, trainingRows, workflow.Selector(heldOutRows).IsBetterThanConstant(candidate, constant))
        {
            HeldOutRows = heldOutRows,
            Calibration = Evaluation.Calibration.Factor(workflow.Data, trainingRows, heldOutRows, candidate.Refit.HeldOutScores),
        };
    }

    /// <summary>Gives the result of the fit, and warns where the model is worthless.</summary>
    /// <param name="workflow">The rows and the settings of the fit.</param>
    public FitResult Model(FitWorkflow workflow)
    {
        if (!IsBetterThanConstant)
        {
            workflow.Context.Warn(string.Create(CultureInfo.InvariantCulture,
                $"The features do not predict the label better than a constant does. " +
                $"Either they say nothing about it, there are too few rows to tell, or training went astray: " +
                $"try a step size below {workflow.Settings.Training.LearningRate:g3}."));
        }

        if (Calibration != 1)
        {
            workflow.Context.Inform(string.Create(CultureInfo.InvariantCulture,
                $"Calibrated: scores are taken to {Calibration:g3} of their distance from those of a constant."));
        }

        RefitResult refit = Candidate.Refit;
        NetworkState state = Calibration == 1
            ? refit.State
            : refit.State.ScaleScores(refit.Shape, Evaluation.Calibration.Center(workflow.Data, TrainingRows), Calibration);
        return FitResult.Of(Candidate, workflow.Data.EncodingBy(TrainingRows, Candidate.Refit.IsPiecewise)) with
        {
            TrainingRows = TrainingRows,
            State = state,
            IsBetterThanConstant = IsBetterThanConstant,
            Calibration = Calibration,
            Choice = Choice,
        };
    }
}
