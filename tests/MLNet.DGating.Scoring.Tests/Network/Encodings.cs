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

    /// <summary>A linear column an input, and behind it the ramps of up to seven intervals, or none.</summary>
    public static InputEncoding Piecewise(Random random, int inputs)
    {
        List<int> starts = [0];
        List<float> offsets = [], scales = [], lows = [], highs = [];
        for (int input = 0; input < inputs; input++)
        {
            float share = 0.2f + random.NextSingle();
            (float Offset, float Scale, float Low, float High) linear = (random.NextSingle(), share, -10 * share, 10 * share);
            float[] edges = new float[random.Next(3) == 0 ? 0 : random.Next(3, 9)];
            for (int i = 0; i < edges.Length; i++)
            {
                edges[i] = (i == 0 ? -1.5f : edges[i - 1]) + 0.05f + 0.5f * random.NextSingle();
            }

            IEnumerable<(float Offset, float Scale, float Low, float High)> ramps =
                edges.Zip(edges.Skip(1), (left, right) => (left, share / (right - left), 0f, share));
            foreach ((float offset, float scale, float low, float high) in ramps.Prepend(linear))
            {
                offsets.Add(offset);
                scales.Add(scale);
                lows.Add(low);
                highs.Add(high);
            }

            starts.Add(offsets.Count);
        }

        // Linear columns, which begin the columns of an input, are centred by their offsets.
        float[] centers = [.. highs.Select((high, column) => starts.Contains(column) ? 0 : high * random.NextSingle())];
        return new InputEncoding([.. starts], [.. offsets], [.. scales], [.. lows], [.. highs])
        {
            IsPiecewise = true,
            Centers = random.Next(3) == 0 ? [] : centers,
        };
    }

    private static float[] Scales(Random random, int count) => [.. Networks.Floats(random, count).Select(value => 0.5f + Math.Abs(value))];
}
