namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>A noise and a count over all folds: every row is judged once, by a network that has not seen it.</summary>
/// <param name="OfFolds">The trial of each fold.</param>
internal sealed record CrossValidatedCandidate(Candidate[] OfFolds) : ICandidate
{
    public double Noise => OfFolds[0].Noise;

    public int Count => OfFolds[0].Count;

    public double[] HeldOutLosses { get; } = [.. OfFolds.SelectMany(trial => trial.HeldOutLosses)];

    /// <summary>Means over the folds, by their weight, and the standard errors that follow from their spread, as glmnet gives them.</summary>
    public EvaluatedCount Judge(OneStandardErrorSelector[] choices, double[] weights)
    {
        EvaluatedCount[] judged = [.. OfFolds.Select((trial, fold) => CountEvaluation.Judge(trial, choices[fold]))];
        (double loss, double lossError) = Over(judged, weights, fold => fold.Loss);
        (double metric, double metricError) = Over(judged, weights, fold => fold.Metric);
        (double misfit, double misfitError) = Over(judged, weights, fold => fold.BoundedLoss);
        return new EvaluatedCount(Count, loss, lossError, metric, metricError, misfit, misfitError);
    }

    // With folds of one weight: their mean, and their standard deviation over √folds.
    private static (double Mean, double Error) Over(EvaluatedCount[] folds, double[] weights, Func<EvaluatedCount, double> value)
    {
        double total = weights.Sum(), mean = folds.Zip(weights, (fold, weight) => weight * value(fold)).Sum() / total;
        double variance = folds.Zip(weights, (fold, weight) => weight * (value(fold) - mean) * (value(fold) - mean)).Sum() / total;
        return (mean, Math.Sqrt(variance / (folds.Length - 1)));
    }
}
