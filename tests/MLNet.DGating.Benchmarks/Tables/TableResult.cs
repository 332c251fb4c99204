namespace MLNet.DGating.Benchmarks;

/// <summary>Holds the runs of a method on a table.</summary>
/// <param name="Method">The name of the method.</param>
/// <param name="Runs">A run for each split and seed.</param>
internal sealed record TableResult(string Method, TableRun[] Runs)
{
    public double Loss => Runs.Average(run => run.Score.Loss);

    public double? Accuracy => Runs.Average(run => run.Score.Accuracy);

    public double Seconds => Runs.Average(run => run.Seconds);

    public double? Features => Runs.Average(run => (double?)run.Features);

    public double Pairs => Runs.Average(run => run.Pairs);

    /// <summary>The mean loss over the seeds of each split, by split.</summary>
    public double[] LossOfSplits =>
    [
        .. Runs.GroupBy(run => run.Split).OrderBy(split => split.Key).Select(split => split.Average(run => run.Score.Loss)),
    ];

    /// <summary>The standard error of a mean; NaN of a single number.</summary>
    public static double StandardError(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
    }

    /// <summary>Compares the loss with that of another method on the same splits.</summary>
    /// <returns>1 if this one is better, −1 if it is worse; 0 within 1 % or one standard error of the paired differences.</returns>
    public int Against(TableResult other)
    {
        double[] differences = [.. LossOfSplits.Zip(other.LossOfSplits, (own, others) => own - others)];
        double mean = differences.Average();
        bool isTie = Math.Abs(mean) <= 0.01 * other.Loss || Math.Abs(mean) <= StandardError(differences);
        return isTie ? 0 : mean < 0 ? 1 : -1;
    }

    /// <summary>The loss with its standard error over splits, accuracy, seconds, features, and pairs of them.</summary>
    public override string ToString()
    {
        string error = Runs.Select(run => run.Split).Distinct().Count() > 1 ? $" ± {Short(StandardError(LossOfSplits))}" : "";
        string accuracy = Accuracy is { } share ? $" / {share:f3}" : "";
        return $"{Short(Loss)}{error}{accuracy}; {Seconds:f1} s; {(Features is { } count ? $"{count:0.#}" : "–")}" +
            (Pairs > 0 ? $" + {Pairs:0.#} pairs" : "");

        static string Short(double value) => value < 10 ? $"{value:f4}" : $"{value:f2}";
    }
}
