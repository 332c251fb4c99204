namespace MLNet.DGating;

/// <summary>Holds a setting that was tried, with the evaluation on its last rung.</summary>
public sealed record DGatingTrial
{
    /// <summary>The rank, from 1 for the chosen setting.</summary>
    /// <remarks>The other settings are ordered by their last rung, and on one rung by bounded loss.</remarks>
    public int Rank { get; init; }

    /// <summary>The differences from the trainer's own options; "as given" where there are none.</summary>
    public required string Settings { get; init; }

    /// <summary>The number of its last rung, from 1.</summary>
    /// <remarks>The evaluation is that of this rung, so that only settings with the same last rung are comparable.</remarks>
    public int Rung { get; init; }

    /// <summary>Whether the setting was in the final comparison, on rows that had no influence on the search before.</summary>
    public bool IsFinalist { get; init; }

    /// <summary>
    /// The mean bounded loss on held-out rows, by which settings are compared; see <see cref="DGatingPathCandidate.BoundedLoss"/>.
    /// </summary>
    /// <value><see cref="double.PositiveInfinity"/> if training diverged.</value>
    public double BoundedLoss { get; init; }

    /// <summary>The standard error of <see cref="BoundedLoss"/>.</summary>
    public double BoundedLossStandardError { get; init; }

    /// <summary>Accuracy (classes) or R² (numbers) on the same rows.</summary>
    public double Metric { get; init; }

    /// <summary>The standard error of <see cref="Metric"/>.</summary>
    public double MetricStandardError { get; init; }

    /// <summary>The number of feature groups kept.</summary>
    public int FeatureCount { get; init; }

    /// <summary>The seconds that the fit of its last rung took on one thread.</summary>
    public double Seconds { get; init; }
}
