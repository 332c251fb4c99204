namespace MLNet.DGating.Benchmarks;

/// <summary>Holds the mean of independent repetitions and its standard error, which is NaN for a single one.</summary>
internal readonly record struct Estimate(double Mean, double Error)
{
    public static Estimate Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Average();
        return new Estimate(mean, Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1.0) / all.Length));
    }

    public static Estimate Share(IEnumerable<bool> values) => Of(values.Select(value => value ? 1.0 : 0));

    public string Percent() => $"{100 * Mean:f0} ± {100 * Error:f0} %";

    public override string ToString() => $"{Mean:f2} ± {Error:f2}";
}
