using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Features;

/// <summary>Makes rows of three sources: a spectrum that tells the label, counts and sensors that do not.</summary>
internal static class ThreeSources
{
    public const int SpectrumSlots = 12;

    public static IEnumerable<Row> Rows(int count, int seed)
    {
        var random = new Random(seed);
        for (int row = 0; row < count; row++)
        {
            double level = Normal(random);
            float[] spectrum = [.. Enumerable.Range(0, SpectrumSlots).Select(i => (float)(level * Math.Sin(i) + 0.3 * Normal(random)))];
            yield return new Row
            {
                Spectrum = spectrum,
                Counts = [.. Enumerable.Range(0, 8).Select(_ => (float)random.Next(3))],
                Sensors = [.. Enumerable.Range(0, 4).Select(_ => (float)Normal(random))],
                Label = (float)(level + 0.3 * Normal(random)),
            };
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    internal sealed class Row
    {
        [VectorType(SpectrumSlots)]
        public required float[] Spectrum { get; set; }

        [VectorType(8)]
        public required float[] Counts { get; set; }

        [VectorType(4)]
        public required float[] Sensors { get; set; }

        public required float Label { get; set; }
    }
}
