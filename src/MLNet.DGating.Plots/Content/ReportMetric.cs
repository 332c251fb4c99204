namespace MLNet.DGating.Plots;

/// <summary>A measure of quality in a report, with its interval.</summary>
public sealed class ReportMetric
{
    /// <summary>The name, with the unit.</summary>
    public required string Name { get; init; }

    /// <summary>The value.</summary>
    public required double Value { get; init; }

    /// <summary>The lower end of the interval; null where there is none.</summary>
    public double? Low { get; init; }

    /// <summary>The upper end of the interval; null where there is none.</summary>
    public double? High { get; init; }
}
