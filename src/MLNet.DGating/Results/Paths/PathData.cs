namespace MLNet.DGating;

/// <summary>Holds the data of a <see cref="DGatingPath"/>, whose properties of the same names document them.</summary>
internal sealed record PathData
{
    public required IReadOnlyList<DGatingPathPoint> Points { get; init; }

    public required IReadOnlyList<DGatingPathCandidate> Candidates { get; init; }

    public required IReadOnlyList<RankedFeature> Ranking { get; init; }

    /// <summary>The importance of each feature at each point, by the feature's index.</summary>
    public required IReadOnlyList<float[]> Importance { get; init; }

    public required int BestFeatureCount { get; init; }

    public required int SparsestFeatureCount { get; init; }

    public bool IsBetterThanConstant { get; init; } = true;

    public required string Judging { get; init; }

    public required bool IsComplete { get; init; }

    public required string MetricName { get; init; }

    public required string LossName { get; init; }

    public GateDynamics? GateDynamics { get; init; }
}
