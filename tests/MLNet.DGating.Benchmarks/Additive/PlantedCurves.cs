using static MLNet.DGating.Benchmarks.GeneratedTable;

namespace MLNet.DGating.Benchmarks;

/// <summary>Generated tables whose score is a sum of five curves among twenty columns, the setting of D-SNAM in the paper.</summary>
/// <remarks>Every curve has about the variance 1; the noise of a number has the deviation 1. Columns are uniform on [−2, 2).</remarks>
internal static class PlantedCurves
{
    /// <summary>The informative columns, in front.</summary>
    public const int Informative = 5;

    /// <summary>The curves, each of mean 0 and variance 1 over its column.</summary>
    public static readonly Func<double, double>[] Curves =
    [
        x => Math.Sqrt(2) * Math.Sin(3 * x),
        x => (x * x - 4.0 / 3) / 1.193,
        x => (Math.Abs(x) < 0.7 ? 1 : -0.538) / 0.733,
        x => (Math.Exp(x) - 1.813) / 1.826,
        x => Math.Tanh(4 * x) / 0.906,
    ];

    public static GeneratedTable Numbers(int rows) =>
        new("dsnam", "regression, 5 curves among 20", TableFamily.Tuning, Regression(20), rows, _ => random =>
        {
            double[] x = [.. random.Uniforms(20).Select(value => 4 * value - 2)];
            return Row(x, Score(x) + random.Normal());
        })
        { Informative = Informative };

    public static GeneratedTable Classes(int rows) =>
        new("dsnam-binary", "binary, 5 curves among 20", TableFamily.Tuning, Binary(20), rows, _ => random =>
        {
            double[] x = [.. random.Uniforms(20).Select(value => 4 * value - 2)];
            return Row(x, random.Coin(Score(x)));
        })
        { Informative = Informative };

    private static double Score(double[] x) => Curves.Select((curve, i) => curve(x[i])).Sum();

    private static TableRow Row(double[] x, double label) => new(Array.ConvertAll(x, value => (float)value), [], (float)label);
}
