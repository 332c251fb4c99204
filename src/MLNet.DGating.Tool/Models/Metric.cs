namespace MLNet.DGating.Tool.Models;

/// <summary>A measure of quality on the test rows.</summary>
internal sealed record Metric(string Name, double Value)
{
    /// <summary>The lower end of the 95 % interval; null where there is none.</summary>
    public double? Low { get; init; }

    /// <summary>The upper end of the 95 % interval; null where there is none.</summary>
    public double? High { get; init; }

    /// <summary>The unit, where the name does not settle it: "nats".</summary>
    public string? Unit { get; init; }
}
