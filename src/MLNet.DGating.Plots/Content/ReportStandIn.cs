namespace MLNet.DGating.Plots;

/// <summary>A dropped feature that could stand for a kept one.</summary>
public sealed class ReportStandIn
{
    /// <summary>The kept feature.</summary>
    public required string Feature { get; init; }

    /// <summary>The dropped feature.</summary>
    public required string StandIn { get; init; }

    /// <summary>The correlation of their values, 0 to 1.</summary>
    public required double ValueCorrelation { get; init; }

    /// <summary>The correlation of what the kept one adds to scores with what can be told of it from the other, 0 to 1.</summary>
    public required double EffectCorrelation { get; init; }

    /// <summary>The quality on test rows with it in place of the kept one, as text; null where it was not measured.</summary>
    public string? Quality { get; init; }
}
