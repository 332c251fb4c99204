using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Support;

/// <summary>Data of which it is known what matters.</summary>
internal static class Planted
{
    /// <summary>The label depends linearly on the first <paramref name="relevant"/> slots; the others are noise.</summary>
    public static DataRow[] Linear(int rows, int slots, int relevant, int seed, double noise = 0.1)
    {
        var random = new Random(seed);
        return Rows(rows, slots, random, Target);

        double Target(float[] x) =>
            Enumerable.Range(0, relevant).Sum(slot => (slot % 2 == 0 ? 1.0 : -1.0) * x[slot]) + noise * Gauss(random);
    }

    /// <summary>The label is the product of the first two slots: neither alone says anything.</summary>
    public static DataRow[] Xor(int rows, int slots, int seed)
    {
        var random = new Random(seed);
        return Rows(rows, slots, random, x => 2.0 * Math.Sign(x[0]) * Math.Sign(x[1]) + 0.1 * x[0] * x[1]);
    }

    /// <summary>Rows of word counts, sparse: 4 of 100 words that are frequent, and 4 of the others.</summary>
    /// <remarks>The label is what the words 7, 13 and 40 say, each found in every fourth row.</remarks>
    public static DataRow[] Words(int rows, int slots, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            var words = new SortedSet<int>(Enumerable.Range(0, 8).Select(i => i < 4 ? random.Next(100) : random.Next(slots)));
            double target = -0.25;
            foreach ((int word, double effect) in TellingWords)
            {
                words.Remove(word);
                if (random.Next(4) == 0)
                {
                    words.Add(word);
                    target += effect;
                }
            }

            var row = DataRow.Create([], target + 0.1 * Gauss(random));
            row.Features = new VBuffer<float>(slots, words.Count, [.. words.Select(_ => 1f + random.Next(2))], [.. words]);
            return row;
        })];
    }

    /// <summary>What each of the telling words adds to the label of <see cref="Words"/>.</summary>
    public static IReadOnlyDictionary<int, double> TellingWords { get; } = new Dictionary<int, double> { [7] = 2, [13] = -2, [40] = 1.5 };

    public static float Gauss(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    private static DataRow[] Rows(int rows, int slots, Random random, Func<float[], double> target)
    {
        return [.. Enumerable.Range(0, rows).Select(_ => Row())];

        DataRow Row()
        {
            float[] features = [.. Enumerable.Range(0, slots).Select(_ => Gauss(random))];
            return DataRow.Create(features, target(features));
        }
    }
}
