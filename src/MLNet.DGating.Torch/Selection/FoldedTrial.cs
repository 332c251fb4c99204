namespace MLNet.DGating.Torch;

/// <summary>A noise and a count over all folds: every row is judged once, by a network that has not seen it.</summary>
/// <param name="OfFolds">The trial of each fold.</param>
internal sealed record FoldedTrial(Trial[] OfFolds) : IJudged
{
    public double Noise => OfFolds[0].Noise;

    public int Count => OfFolds[0].Count;

    public double[] HeldOutLosses { get; } = [.. OfFolds.SelectMany(trial => trial.HeldOutLosses)];

    /// <summary>Means over the folds, by their weight, and the standard errors that follow from their spread, as glmnet gives them.</summary>
    public JudgedCount Judge(HeldOutChoice[] choices, double[] weights)
    {
        JudgedCount[] judged = [.. OfFolds.Select((trial, fold) => Judgement.Judge(trial, choices[fold]))];
        (double loss, double lossError) = Over(judged, weights, fold => fold.Loss);
        (double metric, double metricError) = Over(judged, weights, fold => fold.Metric);
        (double misfit, double misfitError) = Over(judged, weights, fold => fold.Misfit);
        return new JudgedCount(Count, loss, lossError, metric, metricError, misfit, misfitError);
    }

    // With folds of one weight: their mean, and their standard deviation over √folds.
    private static (double Mean, double Error) Over(JudgedCount[] folds, double[] weights, Func<JudgedCount, double> value)
    {
        double total = weights.Sum(), mean = folds.Zip(weights, (fold, weight) => weight * value(fold)).Sum() / total;
        double variance = folds.Zip(weights, (fold, weight) => weight * (value(fold) - mean) * (value(fold) - mean)).Sum() / total;
        return (mean, Math.Sqrt(variance / (folds.Length - 1)));
    }
}
