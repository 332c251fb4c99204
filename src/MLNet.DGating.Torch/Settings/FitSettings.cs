namespace MLNet.DGating.Torch.Settings;

/// <summary>What a fit is asked for, beside how its runs train.</summary>
internal sealed record FitSettings
{
    public TrainingSettings Training { get; init; } = new();

    /// <summary>What ends the path.</summary>
    public StopRule Stop { get; init; } = StopRule.Open;

    /// <summary>Deviation of the input noise; null: chosen on held-out rows.</summary>
    public double? InputNoise { get; init; }

    /// <summary>Runs whose rankings are averaged, where held-out rows agree; needs a count, given or chosen.</summary>
    public int NumberOfRuns { get; init; } = DGatingDefaults.NumberOfRuns;

    /// <summary>Whether the selection is evaluated on held-out rows even where nothing is left to choose.</summary>
    public bool IsEvaluated { get; init; }

    /// <summary>Whether paths record their gates after every iteration.</summary>
    public bool RecordGateDynamics { get; init; }

    /// <summary>The share of the iterations of an ordinary fit, above 0 and at most 1: a search tries settings with less.</summary>
    public double Effort { get; init; } = 1;

    /// <summary>Everything random follows from it.</summary>
    public int Seed { get; init; }
}
