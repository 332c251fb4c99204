namespace MLNet.DGating.Benchmarks;

/// <summary>The settings of the study.</summary>
internal static class StudyCells
{
    private static readonly int[] s_spread = [0, 4, 8, 12, 16], s_first = [0, 1, 2, 3, 4];

    public static IEnumerable<StudyCell> All() =>
        [.. Correlations(), .. NoiseColumns(), .. Rows(), .. LabelNoise(), .. Others(), .. LinearSizes(), .. PairSizes()];

    private static IEnumerable<StudyCell> Correlations()
    {
        // True columns of opposite signs cancel where they are correlated; with these effects the score varies as much in all three.
        (double Correlation, double Effect)[] settings = [(0, 0.5), (0.5, 0.53), (0.9, 0.89)];
        return settings.Select(setting => new StudyCell("correlation", setting.Correlation,
            Linear($"linear, correlation {setting.Correlation}", 1000, 20, s_spread, setting.Effect) with
            {
                Correlation = setting.Correlation,
            }));
    }

    private static IEnumerable<StudyCell> NoiseColumns()
    {
        int[] counts = [10, 100, 500, 2000];
        return counts.Select(noise => new StudyCell("noise", noise,
            Linear($"linear, {noise} noise columns", 1000, 5 + noise, s_first, 0.5))
        {
            Pairs = noise > 500 ? 0 : 10,
            Every = noise switch { > 500 => 8, > 100 => 4, _ => 1 },
        });
    }

    private static IEnumerable<StudyCell> Rows()
    {
        int[] counts = [200, 500, 1000, 4000, 10_000];
        return counts.Select(rows => new StudyCell("rows", rows,
            Linear($"linear, {rows} rows", rows, 30, s_first, 0.5))
        {
            Every = rows switch { > 4000 => 8, > 1000 => 3, _ => 1 },
        });
    }

    private static IEnumerable<StudyCell> LabelNoise()
    {
        int[] shares = [0, 20, 40];
        return shares.Select(percent => new StudyCell("labels", percent,
            Linear($"linear, {percent} % wrong labels", 1000, 20, s_spread, 3) with { LabelNoise = percent / 50.0 }));
    }

    private static IEnumerable<StudyCell> Others()
    {
        yield return new("", 0, new("xor of 2", 1000, 20, [0, 1], x => 2 * Math.Sign(x[0] * x[1])));
        yield return new("", 0, new("one effect and a product", 2000, 20, [0, 1, 2], x => 0.8 * x[0] + x[1] * x[2]));
        yield return new("", 0, new("Friedman, heavy tails", 1000, 20, s_first,
            x => 10 * Math.Sin(Math.PI * Share(x[0]) * Share(x[1])) + 20 * Math.Pow(Share(x[2]) - 0.5, 2)
                + 10 * Share(x[3]) + 5 * Share(x[4])) { IsRegression = true, HasHeavyTails = true });
        yield return new("", 0, new("coin toss, 20 columns", 1000, 20, [], _ => 0));
        yield return new("", 0, new("coin toss, 200 columns", 400, 200, [], _ => 0)) { Every = 2 };
    }

    // The phase transition: how many columns can be true until they are no longer found exactly.
    private static IEnumerable<StudyCell> LinearSizes()
    {
        int[] sizes = [1, 2, 4, 8, 12, 16, 20];
        return sizes.Select(size => new StudyCell("linear", size,
            Linear($"phase, linear, {size} true", 200, 50, [.. Enumerable.Range(0, size)], 0.5) with { IsRegression = true })
        {
            Pairs = 0,
        });
    }

    private static IEnumerable<StudyCell> PairSizes()
    {
        int[] sizes = [2, 4, 6, 8, 12, 16, 20];
        return sizes.Select(size => new StudyCell("pairs", size,
            new($"phase, pairs, {size} true", 500, 50, [.. Enumerable.Range(0, size)],
                x => Enumerable.Range(0, size / 2).Sum(pair => 10 * Math.Abs(x[2 * pair + 1] - x[2 * pair]))) { IsRegression = true })
        {
            Pairs = 0,
        });
    }

    private static PlantedTable Linear(string name, int rows, int columns, int[] informative, double effect) =>
        new(name, rows, columns, informative,
            x => effect * informative.Index().Sum(column => column.Index % 2 == 0 ? x[column.Item] : -x[column.Item]));

    // About the normal distribution function: what Friedman's function needs is uniform on 0 … 1.
    private static double Share(float normal) => 1 / (1 + Math.Exp(-1.702 * normal));
}
