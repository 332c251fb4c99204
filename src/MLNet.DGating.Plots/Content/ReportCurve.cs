namespace MLNet.DGating.Plots;

/// <summary>A curve in a report.</summary>
public sealed class ReportCurve
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The points, from left to right.</summary>
    public required IReadOnlyList<(double X, double Y)> Points { get; init; }
}
