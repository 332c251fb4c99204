namespace MLNet.DGating;

/// <summary>Holds the evaluation of a number of features, refitted on one part of the rows, on the held-out rows.</summary>
/// <remarks>In a cross-validation the values are means over the folds.</remarks>
public readonly record struct DGatingPathCandidate
{
    /// <summary>The number of feature groups kept.</summary>
    public int FeatureCount { get; init; }

    /// <summary>The mean loss on the held-out rows after the refit: log-loss in nats, or squared error in the label's unit.</summary>
    public double ValidationLoss { get; init; }

    /// <summary>The standard error of <see cref="ValidationLoss"/>.</summary>
    public double ValidationLossStandardError { get; init; }

    /// <summary>Accuracy (classes) or R² (numbers) on the held-out rows.</summary>
    public double Metric { get; init; }

    /// <summary>The standard error of <see cref="Metric"/>.</summary>
    public double MetricStandardError { get; init; }

    /// <summary>The mean bounded loss over the held-out rows, by which candidates are compared.</summary>
    /// <remarks>
    /// For classes it is the Brier score, halved for more than two. For numbers it is about half the squared error of the standardized
    /// label where that is small, and at most 1 a row.
    /// </remarks>
    public double BoundedLoss { get; init; }

    /// <summary>The standard error of <see cref="BoundedLoss"/>.</summary>
    public double BoundedLossStandardError { get; init; }
}
