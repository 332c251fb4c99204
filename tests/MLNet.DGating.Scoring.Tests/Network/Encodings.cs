using MLNet.DGating.Model;

namespace MLNet.DGating.Scoring.Tests.Network;

/// <summary>Random encodings of inputs.</summary>
internal static class Encodings
{
    /// <summary>One column an input, the same bound for all.</summary>
    public static InputEncoding Standardization(Random random, int inputs) => InputEncoding.Standardization(
        Networks.Floats(random, inputs), Scales(random, inputs), bound: 2f);

    /// <summary>One to four columns an input, and bounds of all kinds.</summary>
    public static InputEncoding OfSeveralColumns(Random random, int inputs)
    {
        int[] starts = new int[inputs + 1];
        for (int input = 0; input < inputs; input++)
        {
            starts[input + 1] = starts[input] + random.Next(1, 5);
        }

        int columns = starts[^1];
        bool uniform = random.Next(3) == 0;
        float[] lows = random.GetItems<float>(uniform ? [-2] : [float.NegativeInfinity, 0, -1.5f, -0.5f], columns);
        float[] highs = random.GetItems<float>(uniform ? [2] : [float.PositiveInfinity, 1, 2.5f, 0.5f], columns);
        return new InputEncoding(starts, Networks.Floats(random, columns), Scales(random, columns), lows, highs);
    }

    private static float[] Scales(Random random, int count) => [.. Networks.Floats(random, count).Select(value => 0.5f + Math.Abs(value))];
}
