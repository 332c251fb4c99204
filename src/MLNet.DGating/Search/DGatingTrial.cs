namespace MLNet.DGating;

/// <summary>A setting that was tried, as far as it came. Errors are standard errors.</summary>
/// <param name="Rank">1 is what was taken; the others follow by the rung they came to, and on one rung by misfit.</param>
/// <param name="Settings">In what it differs from the trainer's own options; "as given" for those.</param>
/// <param name="Rung">The last rung it was on, from 1: settings are comparable where they came to the same. The figures are those of this rung.</param>
/// <param name="IsFinalist">Whether it was compared in the end on rows that had no part in the search before.</param>
/// <param name="BoundedLoss">What is compared: the mean of 1 − e^−loss on rows not trained on. <see cref="double.PositiveInfinity"/> where training diverged.</param>
/// <param name="BoundedLossStandardError">That of <paramref name="BoundedLoss"/>.</param>
/// <param name="Metric">Accuracy for classes, R² for numbers, on the same rows.</param>
/// <param name="MetricStandardError">That of <paramref name="Metric"/>.</param>
/// <param name="FeatureCount">Feature groups kept.</param>
/// <param name="Seconds">Of this rung's fit, on one thread.</param>
public sealed record DGatingTrial(
    int Rank, string Settings, int Rung, bool IsFinalist, double BoundedLoss, double BoundedLossStandardError, double Metric, double MetricStandardError, int FeatureCount, double Seconds);
