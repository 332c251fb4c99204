namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>How the refit at a count does on held-out rows: means and their standard errors.</summary>
internal readonly record struct EvaluatedCount
{
    public required int Count { get; init; }

    public required double Loss { get; init; }

    public required double LossError { get; init; }

    public required double Metric { get; init; }

    public required double MetricError { get; init; }

    public required double BoundedLoss { get; init; }

    public required double BoundedLossError { get; init; }
}
