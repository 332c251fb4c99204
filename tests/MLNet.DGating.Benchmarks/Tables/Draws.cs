using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Benchmarks;

/// <summary>Draws from distributions.</summary>
internal static class Draws
{
    /// <summary>Draws from the normal distribution of mean 0 and deviation 1.</summary>
    public static double Normal(this RandomStream random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static double[] Normals(this RandomStream random, int count) => Many(count, random.Normal);

    /// <summary>Draws uniformly from [0, 1).</summary>
    public static double[] Uniforms(this RandomStream random, int count) => Many(count, random.NextDouble);

    /// <summary>Draws uniformly from [−1, 1).</summary>
    public static double Signed(this RandomStream random) => 2 * random.NextDouble() - 1;

    /// <summary>Draws 1 or 0, given the log-odds of 1.</summary>
    public static float Coin(this RandomStream random, double logOdds) => random.NextDouble() < 1 / (1 + Math.Exp(-logOdds)) ? 1 : 0;

    private static double[] Many(int count, Func<double> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];
}
