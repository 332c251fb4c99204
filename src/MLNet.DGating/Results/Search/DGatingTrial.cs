namespace MLNet.DGating;

/// <summary>A setting that was tried, as far as it came. Errors are standard errors.</summary>
public sealed record DGatingTrial
{
    /// <summary>1 is what was taken; the others follow by the rung they came to, and on one rung by bounded loss.</summary>
    public int Rank { get; init; }

    /// <summary>In what it differs from the trainer's own options; "as given" for those.</summary>
    public required string Settings { get; init; }

    /// <summary>The last rung it was on, from 1: settings are comparable where they came to the same.</summary>
    /// <remarks>The figures are those of this rung.</remarks>
    public int Rung { get; init; }

    /// <summary>Whether it was compared in the end on rows that had no part in the search before.</summary>
    public bool IsFinalist { get; init; }

    /// <summary>
    /// What is compared: the mean of 1 − e^−loss on rows not trained on. <see cref="double.PositiveInfinity"/> where training diverged.
    /// </summary>
    public double BoundedLoss { get; init; }

    /// <summary>That of <see cref="BoundedLoss"/>.</summary>
    public double BoundedLossStandardError { get; init; }

    /// <summary>Accuracy for classes, R² for numbers, on the same rows.</summary>
    public double Metric { get; init; }

    /// <summary>That of <see cref="Metric"/>.</summary>
    public double MetricStandardError { get; init; }

    /// <summary>Feature groups kept.</summary>
    public int FeatureCount { get; init; }

    /// <summary>Of this rung's fit, on one thread.</summary>
    public double Seconds { get; init; }
}
