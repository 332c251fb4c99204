namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>How the counts of a path do on held-out rows, and which of them to believe.</summary>
/// <param name="Counts">From many to few; empty where the path was cancelled before any was evaluated.</param>
/// <param name="Best">The count of least bounded loss; null where none was evaluated.</param>
/// <param name="Sparsest">The smallest count as good as the best within one standard error; null where none was evaluated.</param>
/// <param name="HeldOutRows">How many rows were held out.</param>
internal sealed record CountEvaluation(IReadOnlyList<EvaluatedCount> Counts, int? Best, int? Sparsest, int HeldOutRows)
{
    /// <summary>In how many folds the rows were held out, once each; 1 for a single part of the rows.</summary>
    public int Folds { get; init; } = 1;

    /// <summary>How many blocks of rows that are not independent there were; null where all rows are.</summary>
    public int? Blocks { get; init; }

    /// <summary>Evaluates refits on one part of the rows.</summary>
    public static CountEvaluation Of(IReadOnlyList<Candidate> candidates, OneStandardErrorSelector selector, int heldOutRows) => candidates.Count == 0
        ? new([], null, null, heldOutRows)
        : new([.. candidates.Select(candidate => Evaluate(candidate, selector))], selector.Best(candidates).Count, selector.Choose(candidates).Count, heldOutRows);

    /// <summary>Evaluates one refit.</summary>
    public static EvaluatedCount Evaluate(Candidate candidate, OneStandardErrorSelector selector)
    {
        (double loss, double lossError) = selector.MeanLoss(candidate);
        (double bounded, double boundedError) = selector.MeanBoundedLoss(candidate);
        return new EvaluatedCount
        {
            Count = candidate.Count,
            Loss = loss,
            LossError = lossError,
            Metric = candidate.Refit.HeldOutMetric,
            MetricError = candidate.Refit.HeldOutMetricError,
            BoundedLoss = bounded,
            BoundedLossError = boundedError,
        };
    }
}
