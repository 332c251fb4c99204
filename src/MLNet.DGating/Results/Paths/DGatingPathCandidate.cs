namespace MLNet.DGating;

/// <summary>A count of features that was refitted on one part of the rows and evaluated on the rest.</summary>
/// <remarks>Once, or in every fold of a cross-validation. Errors are standard errors.</remarks>
public readonly record struct DGatingPathCandidate
{
    /// <summary>Feature groups kept.</summary>
    public int FeatureCount { get; init; }

    /// <summary>Mean loss on the held-out rows after the refit: log-loss in nats, or squared error in the label's unit.</summary>
    public double ValidationLoss { get; init; }

    /// <summary>That of <see cref="ValidationLoss"/>.</summary>
    public double ValidationLossStandardError { get; init; }

    /// <summary>Accuracy for classes, R² for numbers, on the same rows.</summary>
    public double Metric { get; init; }

    /// <summary>That of <see cref="Metric"/>.</summary>
    public double MetricStandardError { get; init; }

    /// <summary>What the choice is made by: the mean of 1 − e^−loss.</summary>
    /// <remarks>
    /// For classes that is the probability not given to the true one; for numbers half the squared error of the standardized label, at most
    /// 1 a row.
    /// </remarks>
    public double BoundedLoss { get; init; }

    /// <summary>That of <see cref="BoundedLoss"/>.</summary>
    public double BoundedLossStandardError { get; init; }
}
