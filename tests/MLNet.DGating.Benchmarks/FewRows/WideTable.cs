namespace MLNet.DGating.Benchmarks;

/// <summary>Describes a generated table of few rows and many correlated columns, whose informative columns are known.</summary>
/// <remarks>Columns stand in blocks; those of a block share a factor. The first columns of the first blocks are informative.</remarks>
/// <param name="Name">What it is like.</param>
/// <param name="Rows">Training rows.</param>
/// <param name="Columns">Columns, all numbers.</param>
/// <param name="Informative">Informative columns, one a block.</param>
internal sealed record WideTable(string Name, int Rows, int Columns, int Informative)
{
    /// <summary>Rows that models are tested on.</summary>
    private const int TestRows = 1000;

    /// <summary>Columns of a block.</summary>
    public int BlockSize { get; init; } = 20;

    /// <summary>Correlation of the columns of a block, 0 to below 1.</summary>
    public double Correlation { get; init; } = 0.6;

    /// <summary>Deviation of the log-odds, where the informative columns cause the label.</summary>
    public double Strength { get; init; } = 4;

    /// <summary>Difference of the classes' means in every informative column, where the label causes the columns; else 0.</summary>
    public double Shift { get; init; }

    /// <summary>The share of labels that are drawn anew.</summary>
    public double LabelNoise { get; init; }

    /// <summary>Whether columns are intensities: mostly zero, with heavy tails, as of a mass spectrum.</summary>
    public bool IsSpectrum { get; init; }

    /// <summary>The share of the columns, the last ones, that are zero except in one of a hundred rows.</summary>
    public double RareShare { get; init; }

    /// <summary>Whether the classes differ in the product of the first two informative columns too.</summary>
    public bool HasProduct { get; init; }

    public static IEnumerable<WideTable> All()
    {
        yield return new("5 of 2,000, 100 rows", 100, 2000, 5);
        yield return new("10 of 1,000, 500 rows", 500, 1000, 10) { LabelNoise = 0.1 };
        yield return new("10 of 2,000, 400 rows", 400, 2000, 10) { LabelNoise = 0.1 };
        yield return new("5 shifted and a product of 800, 400 rows", 400, 800, 5) { Shift = 0.5, HasProduct = true };
        yield return new("10 shifted of 3,000, 300 rows", 300, 3000, 10) { Shift = 0.6, LabelNoise = 0.1 };
        yield return new("20 of 5,000, 150 rows", 150, 5000, 20) { Correlation = 0.8, Strength = 6 };
        yield return new("50 of 10,000, 200 rows", 200, 10_000, 50) { BlockSize = 50, Correlation = 0.7, Strength = 8 };
        yield return new("10 of 10,000, 200 rows, 20 % label noise", 200, 10_000, 10) { BlockSize = 50, LabelNoise = 0.2 };
        yield return new("50 shifted of 2,000, 60 rows", 60, 2000, 50) { Shift = 0.8 };
        yield return new("30 shifted of 20,000, 100 rows", 100, 20_000, 30) { Shift = 1, BlockSize = 100 };
        yield return new("20 shifted and a product of 3,000, 150 rows", 150, 3000, 20) { Shift = 0.6, HasProduct = true, LabelNoise = 0.1 };
        yield return new("spectrum: 40 shifted of 10,000, 160 rows", 160, 10_000, 40)
        {
            Shift = 0.7, BlockSize = 50, Correlation = 0.9, IsSpectrum = true, LabelNoise = 0.05,
        };
        yield return new("half rare: 40 shifted of 10,000, 160 rows", 160, 10_000, 40)
        {
            Shift = 0.7, BlockSize = 50, Correlation = 0.7, RareShare = 0.5, LabelNoise = 0.05,
        };
    }

    /// <summary>Draws training rows, then test rows.</summary>
    public (LabelledTable Table, HashSet<int> Test) Draw(int seed)
    {
        var random = new Random(seed);
        (float[] Features, int Class)[] rows = [.. Enumerable.Range(0, Rows + TestRows).Select(_ => Next(random))];
        return (new LabelledTable(Array.ConvertAll(rows, row => row.Features), Array.ConvertAll(rows, row => row.Class)),
            [.. Enumerable.Range(Rows, TestRows)]);
    }

    /// <summary>Counts the informative blocks that have a column among the selected ones.</summary>
    public int BlocksFound(IEnumerable<int> selected) =>
        selected.Select(column => column / BlockSize).Where(block => block < Informative).Distinct().Count();

    private (float[] Features, int Class) Next(Random random)
    {
        float[] x = new float[Columns];
        double shared = Math.Sqrt(Correlation), own = Math.Sqrt(1 - Correlation), factor = 0;
        for (int column = 0; column < Columns; column++)
        {
            factor = column % BlockSize == 0 ? Normal(random) : factor;
            x[column] = (float)(shared * factor + own * Normal(random));
        }

        double sum = Enumerable.Range(0, Informative).Sum(block => Sign(block) * x[block * BlockSize]);
        double logit = Strength / Math.Sqrt(Informative) * sum;
        bool label = random.NextDouble() < (Shift > 0 ? 0.5 : 1 / (1 + Math.Exp(-logit)));
        for (int block = 0; Shift > 0 && block < Informative; block++)
        {
            for (int column = block * BlockSize; column < block * BlockSize + (IsSpectrum ? BlockSize : 1); column++)
            {
                x[column] += (float)(Sign(block) * (label ? Shift / 2 : -Shift / 2));
            }
        }

        if (HasProduct && label != x[0] * x[BlockSize] > 0)
        {
            x[0] = -x[0];
        }

        if (IsSpectrum)
        {
            for (int column = 0; column < Columns; column++)
            {
                // Peaks differ in how seldom they are seen.
                double threshold = column / BlockSize % 4 - 1;
                x[column] = (float)Math.Max(0, Math.Exp(x[column] - threshold) - 1);
            }
        }

        // Columns that are seen in a few rows, each for itself.
        for (int column = (int)(Columns * (1 - RareShare)); column < Columns; column++)
        {
            x[column] = random.NextDouble() < 0.01 ? (float)Math.Exp(Normal(random)) : 0;
        }

        return (x, random.NextDouble() < LabelNoise ? random.Next(2) : label ? 1 : 0);
    }

    private static int Sign(int block) => block % 2 == 0 ? 1 : -1;

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
