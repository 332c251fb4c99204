namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>Holds the means over held-out rows, and their standard errors, of a refit at one count.</summary>
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
