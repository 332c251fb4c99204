namespace MLNet.DGating.Torch.Tests;

/// <summary>Columns of numbers as tables have them.</summary>
internal static class Numbers
{
    private const int Kinds = 6;

    /// <summary>A column of any kind, of 1 to 400 rows.</summary>
    public static Gen<float[]> Column { get; } =
        Gen.Select(Gen.Int[1, 400], Gen.Int[0, Kinds - 1], Gen.Int).Select((rows, kind, seed) => Draw(new Random(seed), rows, kind));

    /// <summary>Draws a column of a random kind.</summary>
    public static float[] Draw(Random random, int rows) => Draw(random, rows, random.Next(Kinds));

    private static float[] Draw(Random random, int rows, int kind) =>
        [.. Enumerable.Range(0, rows).Select(_ => Value(random, kind))];

    private static float Value(Random random, int kind) => kind switch
    {
        0 => random.NextNormal(),
        1 => MathF.Round(2 * random.NextNormal()),
        2 => random.NextSingle() < 0.92f ? 0 : MathF.Exp(random.NextNormal()),
        3 => random.Next(2),
        4 => 3,
        _ => 1000 + random.Next(3) * random.NextSingle(),
    };
}
