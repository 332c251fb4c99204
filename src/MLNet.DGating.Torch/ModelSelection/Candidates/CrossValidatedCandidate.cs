namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>A noise level and a count over all folds: every row is predicted once, by a network that has not seen it.</summary>
/// <param name="OfFolds">The candidate of each fold.</param>
internal sealed record CrossValidatedCandidate(Candidate[] OfFolds) : ICandidate
{
    public double Noise => OfFolds[0].Noise;

    public int Count => OfFolds[0].Count;

    public double[] HeldOutLosses { get; } = [.. OfFolds.SelectMany(candidate => candidate.HeldOutLosses)];

    public double[] HeldOutBoundedLosses { get; } = [.. OfFolds.SelectMany(candidate => candidate.HeldOutBoundedLosses)];

    /// <summary>
    /// Means over the folds, by their weight, and the standard errors that follow from their spread, as glmnet gives them.
    /// </summary>
    public EvaluatedCount Evaluate(OneStandardErrorSelector[] selectors, double[] weights)
    {
        EvaluatedCount[] folds = [.. OfFolds.Select((candidate, fold) => CountEvaluation.Evaluate(candidate, selectors[fold]))];
        (double loss, double lossError) = Over(folds, weights, fold => fold.Loss);
        (double metric, double metricError) = Over(folds, weights, fold => fold.Metric);
        (double bounded, double boundedError) = Over(folds, weights, fold => fold.BoundedLoss);
        return new EvaluatedCount
        {
            Count = Count,
            Loss = loss,
            LossError = lossError,
            Metric = metric,
            MetricError = metricError,
            BoundedLoss = bounded,
            BoundedLossError = boundedError,
        };
    }

    // With folds of one weight: their mean, and their standard deviation over √folds.
    private static (double Mean, double Error) Over(EvaluatedCount[] folds, double[] weights, Func<EvaluatedCount, double> value)
    {
        double total = weights.Sum(), mean = folds.Zip(weights, (fold, weight) => weight * value(fold)).Sum() / total;
        double variance = folds.Zip(weights, (fold, weight) => weight * (value(fold) - mean) * (value(fold) - mean)).Sum() / total;
        return (mean, Math.Sqrt(variance / (folds.Length - 1)));
    }
}
