using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Trees.Tests;

/// <summary>Rows whose label is a sum of three steps and a product of two signs; three features of eight matter not.</summary>
internal sealed class TreeRow
{
    public const int Features = 8;

    [VectorType(Features)]
    [ColumnName("Features")]
    public required float[] Values { get; set; }

    public required float Target { get; set; }

    public required bool Flag { get; set; }

    public required uint Class { get; set; }

    public required float Weight { get; set; }

    public static IDataView View(MLContext context, int count, int seed, double noise = 0.3) =>
        context.Data.LoadFromEnumerable(Rows(count, seed, noise));

    public static TreeRow[] Rows(int count, int seed, double noise = 0.3)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Create(random, noise))];
    }

    private static TreeRow Create(Random random, double noise)
    {
        float[] x = [.. Enumerable.Range(0, Features).Select(_ => (float)(2 * random.NextDouble() - 1))];
        double target = (x[0] > 0.2 ? 1 : -1) + (x[1] > -0.4 ? 0.8 : -0.8) + (x[2] > 0 == x[3] > 0 ? 0.6 : -0.6) + (x[4] > 0.5 ? 0.7 : 0);
        target += noise * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2;
        return new TreeRow
        {
            Values = x,
            Target = (float)target,
            Flag = target > 0,
            Class = target < -1 ? 0u : target < 1 ? 1u : 2u,
            Weight = (float)random.NextDouble(),
        };
    }
}
