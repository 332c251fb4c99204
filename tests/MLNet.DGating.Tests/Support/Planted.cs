namespace MLNet.DGating.Tests;

/// <summary>Data of which it is known what matters.</summary>
internal static class Planted
{
    /// <summary>The label depends linearly on the first <paramref name="relevant"/> slots; the others are noise.</summary>
    public static DataRow[] Linear(int rows, int slots, int relevant, int seed, double noise = 0.1)
    {
        var random = new Random(seed);
        return Rows(rows, slots, random, x => Enumerable.Range(0, relevant).Sum(slot => (slot % 2 == 0 ? 1.0 : -1.0) * x[slot]) + noise * Gauss(random));
    }

    /// <summary>The label is the product of the first two slots: neither alone says anything.</summary>
    public static DataRow[] Xor(int rows, int slots, int seed)
    {
        var random = new Random(seed);
        return Rows(rows, slots, random, x => 2.0 * Math.Sign(x[0]) * Math.Sign(x[1]) + 0.1 * x[0] * x[1]);
    }

    public static float Gauss(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    private static DataRow[] Rows(int rows, int slots, Random random, Func<float[], double> target) => [.. Enumerable.Range(0, rows).Select(_ =>
    {
        float[] features = [.. Enumerable.Range(0, slots).Select(_ => Gauss(random))];
        return DataRow.Create(features, target(features));
    })];
}
