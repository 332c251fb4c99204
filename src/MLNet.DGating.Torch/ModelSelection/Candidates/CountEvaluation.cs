namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>Holds the evaluation of a path's counts on held-out rows, and the counts that are chosen by it.</summary>
/// <param name="Counts">The evaluated counts, descending; empty where the path was cancelled before any was evaluated.</param>
/// <param name="Best">The count of least bounded loss; null where none was evaluated.</param>
/// <param name="Sparsest">The smallest count as good as the best within one standard error; null where none was evaluated.</param>
/// <param name="HeldOutRows">The number of rows that were held out.</param>
internal sealed record CountEvaluation(IReadOnlyList<EvaluatedCount> Counts, int? Best, int? Sparsest, int HeldOutRows)
{
    /// <summary>The number of folds, each held out once; 1 where a single part of the rows was held out.</summary>
    public int Folds { get; init; } = 1;

    /// <summary>The number of blocks of rows that are not independent; null where all rows are independent.</summary>
    public int? Blocks { get; init; }

    /// <summary>Whether the best count predicts better than a constant; null where none was evaluated.</summary>
    public bool? IsBetterThanConstant { get; init; }

    /// <summary>Summarizes one candidate.</summary>
    public static EvaluatedCount Evaluate(Candidate candidate, OneStandardErrorSelector selector, double calibration)
    {
        (double loss, double lossError) = selector.MeanLoss(candidate);
        (double bounded, double boundedError) = selector.MeanBoundedLoss(candidate);
        return new EvaluatedCount
        {
            Count = candidate.Count,
            EndOfRounds = candidate.Refit.EndOfRounds,
            Calibration = calibration,
            Loss = loss,
            LossError = lossError,
            Metric = candidate.Refit.HeldOutMetric,
            MetricError = candidate.Refit.HeldOutMetricError,
            BoundedLoss = bounded,
            BoundedLossError = boundedError,
        };
    }
}
