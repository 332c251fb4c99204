namespace MLNet.DGating;

/// <summary>A count of features that was refitted on one part of the rows and judged on the rest.</summary>
/// <param name="FeatureCount">Feature groups kept.</param>
/// <param name="ValidationLoss">Mean loss on the held-out rows after the refit: log-loss in nats, or squared error in the label's unit.</param>
/// <param name="Metric">Accuracy for classes, R² for numbers, on the same rows.</param>
/// <param name="Misfit">What the choice is made by: for classes the mean probability not given to the true one, for numbers half the squared error of the standardized label.</param>
/// <param name="StandardError">Standard error of <paramref name="Misfit"/>.</param>
public readonly record struct DGatingPathCandidate(int FeatureCount, double ValidationLoss, double Metric, double Misfit, double StandardError);
