using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Benchmarks;

/// <summary>Draws rows of three sources, of which some say something about the label and the others nothing.</summary>
/// <remarks>
/// A spectrum is three broad peaks of random heights with noise of 0.3; the label needs the heights, each of which about ten bands share.
/// Counts are Poisson's, of two topics that differ in ten words by a factor of two. Sensors are independent; the product of two counts.
/// Every source with a say adds a term of variance 1; the noise of the label has variance 1.
/// </remarks>
/// <param name="Name">Which sources have a say.</param>
/// <param name="Spectrum">Whether the spectrum has.</param>
/// <param name="Counts">Whether the words have.</param>
/// <param name="Sensors">Whether the sensors have.</param>
internal sealed record PlantedSources(string Name, bool Spectrum, bool Counts, bool Sensors)
{
    public static PlantedSources[] All =>
    [
        new("spectrum", true, false, false), new("counts", false, true, false), new("sensors", false, false, true),
        new("spectrum and sensors", true, false, true), new("counts and sensors", false, true, true), new("none", false, false, false),
    ];

    /// <summary>The sources with a say.</summary>
    public string[] Informative =>
    [
        .. new[] { (nameof(Spectrum), Spectrum), (nameof(Counts), Counts), (nameof(Sensors), Sensors) }
            .Where(source => source.Item2).Select(source => source.Item1),
    ];

    public SourceRow[] Rows(int count, int seed)
    {
        var random = new RandomStream(seed, purpose: 0);
        return [.. Enumerable.Range(0, count).Select(_ => Row(random))];
    }

    private SourceRow Row(RandomStream random)
    {
        float[] peaks = [.. Enumerable.Range(0, 3).Select(_ => (float)random.Normal())];
        float[] spectrum = [.. Enumerable.Range(0, SourceRow.Bands).Select(band => 0.3f * (float)random.Normal()
            + peaks.Select((height, peak) => height * MathF.Exp(-MathF.Pow((band - 7 - 13 * peak) / 5f, 2))).Sum())];
        bool topic = random.NextInt32(2) == 0;
        float[] counts = [.. Enumerable.Range(0, SourceRow.Words).Select(word =>
            (float)Poisson(random, word < 5 && topic || word is >= 5 and < 10 && !topic ? 1 : 0.5))];
        float[] sensors = [.. Enumerable.Range(0, SourceRow.Probes).Select(_ => (float)random.Normal())];
        float label = (float)random.Normal()
            + (Spectrum ? (peaks[0] - peaks[2]) / MathF.Sqrt(2) : 0)
            + (Counts ? topic ? 1 : -1 : 0)
            + (Sensors ? sensors[3] * sensors[7] : 0);
        return new SourceRow { Spectrum = spectrum, Counts = counts, Sensors = sensors, Label = label };
    }

    private static int Poisson(RandomStream random, double mean)
    {
        int count = -1;
        for (double product = 1; product > Math.Exp(-mean); count++)
        {
            product *= random.NextDouble();
        }

        return count;
    }
}
