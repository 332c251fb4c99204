namespace MLNet.DGating;

/// <summary>A count of features that was refitted on one part of the rows and judged on the rest, once or in every fold of a cross-validation. Errors are standard errors.</summary>
/// <param name="FeatureCount">Feature groups kept.</param>
/// <param name="ValidationLoss">Mean loss on the held-out rows after the refit: log-loss in nats, or squared error in the label's unit.</param>
/// <param name="ValidationLossStandardError">That of <paramref name="ValidationLoss"/>.</param>
/// <param name="Metric">Accuracy for classes, R² for numbers, on the same rows.</param>
/// <param name="MetricStandardError">That of <paramref name="Metric"/>.</param>
/// <param name="BoundedLoss">What the choice is made by: the mean of 1 − e^−loss. For classes that is the probability not given to the true one; for numbers half the squared error of the standardized label, at most 1 a row.</param>
/// <param name="BoundedLossStandardError">That of <paramref name="BoundedLoss"/>.</param>
public readonly record struct DGatingPathCandidate(
    int FeatureCount, double ValidationLoss, double ValidationLossStandardError, double Metric, double MetricStandardError, double BoundedLoss, double BoundedLossStandardError);
