using Microsoft.ML;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Benchmarks;

/// <summary>A generated table whose informative columns are known, with a Boolean label or a number to predict.</summary>
/// <param name="Name">What it is like.</param>
/// <param name="Rows">Training rows.</param>
/// <param name="Columns">Slots of Features.</param>
/// <param name="Informative">The columns that the label depends on.</param>
/// <param name="Score">The log-odds of a row, or the expectation of the number to predict.</param>
internal sealed record PlantedTable(string Name, int Rows, int Columns, int[] Informative, Func<float[], double> Score)
{
    /// <summary>Rows that models are tested on.</summary>
    public const int TestRows = 10_000;

    /// <summary>Correlation of neighbouring columns, 0 to below 1.</summary>
    public double Correlation { get; init; }

    /// <summary>Values of one category that says nothing, one-hot behind the columns; 0 for none.</summary>
    public int CategoryValues { get; init; }

    /// <summary>The share of labels that are drawn anew.</summary>
    public double LabelNoise { get; init; }

    /// <summary>Whether a number is to predict: the score with noise of deviation 1.</summary>
    public bool IsRegression { get; init; }

    /// <summary>Whether the noise of a number has the heavy tails of Student's distribution with 3 degrees of freedom.</summary>
    public bool HasHeavyTails { get; init; }

    public static IEnumerable<PlantedTable> All()
    {
        yield return new("3 of 20, moderate", 4000, 20, [0, 1, 2], x => 0.6 * x[0] + 0.6 * x[1] - 0.6 * x[2]);
        yield return new("3 of 20, 20 % label noise", 4000, 20, [0, 1, 2], x => 3 * (x[0] + x[1] - x[2])) { LabelNoise = 0.4 };
        yield return new("churn: 5 of 8, a category of 300", 4000, 8, [0, 1, 2, 3, 4],
            x => 0.5 * x[0] + 0.4 * x[1] - 0.3 * x[2] + 0.3 * x[3] - 0.3 * x[4] - 0.5) { CategoryValues = 300 };
        yield return new("xor of 2 in 20, noisy", 3000, 20, [0, 1], x => 2 * Math.Sign(x[0] * x[1]));
        yield return new("10 weak of 50", 4000, 50, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
            x => 0.3 * Enumerable.Range(0, 10).Sum(i => i % 2 == 0 ? x[i] : -x[i]));
        yield return new("5 of 100, correlated .7", 2000, 100, [0, 20, 40, 60, 80],
            x => x[0] + x[20] - x[40] + x[60] - x[80]) { Correlation = 0.7 };
        yield return new("3 of 30, few rows", 400, 30, [0, 1, 2], x => 2 * (x[0] + x[1] - x[2]));
        yield return new("coin toss, 30", 3000, 30, [], _ => 0);
        yield return new("a main effect and a product, of 20", 4000, 20, [0, 1, 2], x => 0.8 * x[0] + x[1] * x[2]);
        yield return new("5 of 500", 1000, 500, [0, 1, 2, 3, 4], x => x[0] - x[1] + x[2] - x[3] + x[4]);
        yield return new("5 of 20, correlated .9", 2000, 20, [0, 4, 8, 12, 16],
            x => x[0] - x[4] + x[8] - x[12] + x[16]) { Correlation = 0.9 };
    }

    /// <summary>The groups of the slots: every column one, and the category one.</summary>
    public FeatureGroups Groups() => CategoryValues == 0
        ? FeatureGroups.PerSlot
        : FeatureGroups.OfSlots([.. Enumerable.Range(Columns, CategoryValues)]);

    /// <summary>Draws rows of the table and shows them with the columns Label, Target and Features.</summary>
    public IDataView Draw(MLContext context, int rows, int seed) => PlantedRow.View(context, DrawRows(rows, seed));

    /// <summary>Draws rows of the table.</summary>
    /// <remarks>
    /// The generator of a seeded <see cref="Random"/> adds the numbers drawn 55 and 34 draws before: with 30 columns the label would follow
    /// from two of them, and the network finds them.
    /// </remarks>
    public PlantedRow[] DrawRows(int rows, int seed)
    {
        var random = new RandomStream(seed, purpose: 0);
        return [.. Enumerable.Range(0, rows).Select(_ => Next(random))];
    }

    private PlantedRow Next(RandomStream random)
    {
        float[] x = new float[Columns + CategoryValues];
        double carried = random.Normal(), fresh = Math.Sqrt(1 - Correlation * Correlation);
        for (int i = 0; i < Columns; i++)
        {
            carried = Correlation * carried + fresh * random.Normal();
            x[i] = (float)carried;
        }

        if (CategoryValues > 0)
        {
            x[Columns + random.NextInt32(CategoryValues)] = 1;
        }

        if (IsRegression)
        {
            return new PlantedRow { Features = x, Target = (float)(Score(x) + (HasHeavyTails ? Student(random) : random.Normal())) };
        }

        bool label = random.NextDouble() < 1 / (1 + Math.Exp(-Score(x)));
        return new PlantedRow { Features = x, Label = random.NextDouble() < LabelNoise ? random.NextInt32(2) == 0 : label };
    }

    private static double Student(RandomStream random) =>
        random.Normal() / Math.Sqrt(Enumerable.Range(0, 3).Sum(_ => Math.Pow(random.Normal(), 2)) / 3);
}
