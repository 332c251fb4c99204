using static MLNet.DGating.Benchmarks.GeneratedTable;

namespace MLNet.DGating.Benchmarks;

/// <summary>Generated tables of 20 columns whose score is a sum of four curves and two products.</summary>
/// <remarks>Curves and products have about the variance 1; the noise has the deviation 1. Columns are uniform on [−2, 2).</remarks>
internal static class PlantedPairs
{
    private const int Rows = 2000, Columns = 20, CurveCount = 4;

    // The variance of a uniform number on [−2, 2).
    private const double Variance = 4.0 / 3;

    /// <summary>The products of two columns with curves, and of one with a column without.</summary>
    public static GeneratedTable WithCurves => Of("pairs", "4 curves and 2 products among 20", [(0, 1), (2, 5)]);

    /// <summary>One product of columns without curves, which no heredity allows.</summary>
    public static GeneratedTable WithoutCurves => Of("pairs-pure", "4 curves and 2 products, one without curves", [(0, 1), (6, 7)]);

    private static GeneratedTable Of(string name, string kind, (int First, int Second)[] products) =>
        new(name, $"regression, {kind}", TableFamily.Tuning, Regression(Columns), Rows, _ => random =>
        {
            double[] x = [.. random.Uniforms(Columns).Select(value => 4 * value - 2)];
            double score = PlantedCurves.Curves.Take(CurveCount).Select((curve, i) => curve(x[i])).Sum()
                + products.Sum(pair => x[pair.First] * x[pair.Second] / Variance);
            return new TableRow(Array.ConvertAll(x, value => (float)value), [], (float)(score + random.Normal()));
        })
        { Informative = CurveCount + products.SelectMany(pair => new[] { pair.First, pair.Second }).Count(column => column >= CurveCount) };
}
