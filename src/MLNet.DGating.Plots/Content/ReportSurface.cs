namespace MLNet.DGating.Plots;

/// <summary>What two features of an additive model with pairs add together, beyond their curves.</summary>
public sealed class ReportSurface
{
    /// <summary>The surface: <c>transformer.Model.GetSurface(first, second)</c>.</summary>
    public required FeatureSurface Surface { get; init; }

    /// <summary>What it is added to: "added to the log-odds of yes".</summary>
    public required string Prediction { get; init; }
}
