namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>Holds the means over held-out rows, and their standard errors, of a refit at one count.</summary>
internal readonly record struct EvaluatedCount
{
    public required int Count { get; init; }

    /// <summary>The end of the rounds of a refit on all rows; null for all rounds.</summary>
    public required double? EndOfRounds { get; init; }

    /// <summary>The factor that calibrates the probabilities of the candidate.</summary>
    public required double Calibration { get; init; }

    public required double Loss { get; init; }

    public required double LossError { get; init; }

    public required double Metric { get; init; }

    public required double MetricError { get; init; }

    public required double BoundedLoss { get; init; }

    public required double BoundedLossError { get; init; }
}
