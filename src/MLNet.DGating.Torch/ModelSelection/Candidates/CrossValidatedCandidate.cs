namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>Combines the candidates of one noise level and count over all folds.</summary>
/// <remarks>Every row is predicted once, by a network that was not trained on it.</remarks>
/// <param name="OfFolds">The candidate of each fold.</param>
internal sealed record CrossValidatedCandidate(Candidate[] OfFolds) : ICandidate
{
    public double Noise => OfFolds[0].Noise;

    public int Count => OfFolds[0].Count;

    /// <summary>The end of the rounds of a refit on all rows: the median over the folds; null for all rounds.</summary>
    public double? EndOfRounds
    {
        get
        {
            double[] ends = [.. OfFolds.Select(candidate => candidate.Refit.EndOfRounds ?? double.PositiveInfinity).Order()];
            return ends[ends.Length / 2] is double.PositiveInfinity ? null : ends[ends.Length / 2];
        }
    }

    /// <summary>The factor that calibrates its probabilities.</summary>
    public double Calibration { get; init; } = 1;

    /// <summary>The scores of all held-out rows, fold by fold.</summary>
    public float[] HeldOutScores => [.. OfFolds.SelectMany(candidate => candidate.Refit.HeldOutScores)];

    public double[] HeldOutLosses { get; } = [.. OfFolds.SelectMany(candidate => candidate.HeldOutLosses)];

    public double[] HeldOutBoundedLosses { get; } = [.. OfFolds.SelectMany(candidate => candidate.HeldOutBoundedLosses)];

    /// <summary>Computes weighted means over the folds, and their standard errors from the spread of the folds, as glmnet does.</summary>
    /// <param name="selectors">Summarizes the candidate of each fold.</param>
    /// <param name="weights">The total example weight of each fold.</param>
    public EvaluatedCount Evaluate(OneStandardErrorSelector[] selectors, double[] weights)
    {
        EvaluatedCount[] folds =
            [.. OfFolds.Select((candidate, fold) => CountEvaluation.Evaluate(candidate, selectors[fold], Calibration))];
        (double loss, double lossError) = Over(folds, weights, fold => fold.Loss);
        (double metric, double metricError) = Over(folds, weights, fold => fold.Metric);
        (double bounded, double boundedError) = Over(folds, weights, fold => fold.BoundedLoss);
        return new EvaluatedCount
        {
            Count = Count,
            Loss = loss,
            LossError = lossError,
            EndOfRounds = EndOfRounds,
            Calibration = Calibration,
            Metric = metric,
            MetricError = metricError,
            BoundedLoss = bounded,
            BoundedLossError = boundedError,
        };
    }

    // With folds of equal weight these are the mean and the standard deviation over √folds.
    private static (double Mean, double Error) Over(EvaluatedCount[] folds, double[] weights, Func<EvaluatedCount, double> value)
    {
        double total = weights.Sum(), mean = folds.Zip(weights, (fold, weight) => weight * value(fold)).Sum() / total;
        double variance = folds.Zip(weights, (fold, weight) => weight * (value(fold) - mean) * (value(fold) - mean)).Sum() / total;
        return (mean, Math.Sqrt(variance / (folds.Length - 1)));
    }
}
