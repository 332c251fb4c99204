namespace MLNet.DGating;

/// <summary>What a <see cref="DGatingPath"/> says; its properties have the meanings.</summary>
internal sealed record PathData
{
    public required IReadOnlyList<DGatingPathPoint> Points { get; init; }

    public required IReadOnlyList<DGatingPathCandidate> Candidates { get; init; }

    public required IReadOnlyList<RankedFeature> Ranking { get; init; }

    /// <summary>One a point, by the feature's index.</summary>
    public required IReadOnlyList<float[]> Importance { get; init; }

    public required int BestFeatureCount { get; init; }

    public required int SparsestFeatureCount { get; init; }

    public required string Judging { get; init; }

    public required bool IsComplete { get; init; }

    public required string MetricName { get; init; }

    public required string LossName { get; init; }

    public GateDynamics? GateDynamics { get; init; }
}
