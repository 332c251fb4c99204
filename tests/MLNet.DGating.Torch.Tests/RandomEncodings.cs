using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Tests;

/// <summary>Encodings of inputs that have several columns each.</summary>
internal static class RandomEncodings
{
    private const int MostColumns = 4;

    /// <summary>A column an interval of normal numbers: 0 below it, 1 above it, and linear in between; one to four an input.</summary>
    public static InputEncoding PiecewiseLinear(int inputs, Random random)
    {
        int[] starts = new int[inputs + 1];
        List<float> offsets = [], scales = [];
        for (int input = 0; input < inputs; input++)
        {
            float[] knots = [.. Enumerable.Range(0, 2 + random.Next(MostColumns)).Select(_ => 1.5f * random.NextNormal()).Order()];
            for (int i = 0; i + 1 < knots.Length; i++)
            {
                offsets.Add(knots[i]);
                scales.Add(1 / MathF.Max(0.1f, knots[i + 1] - knots[i]));
            }

            starts[input + 1] = offsets.Count;
        }

        return new InputEncoding([.. starts], [.. offsets], [.. scales], new float[offsets.Count], [.. offsets.Select(_ => 1f)]);
    }
}
