using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Tests.Randomness;

public class RandomStreamTests
{
    private const int Draws = 100_000;

    [Fact]
    public void NextDouble_IsUniformOn0To1()
    {
        var stream = new RandomStream(1, 0);
        double[] values = [.. Enumerable.Range(0, Draws).Select(_ => stream.NextDouble())];
        Assert.All(values, value => Assert.True(value is >= 0 and < 1));
        Assert.True(ChiSquared(values.Select(value => (int)(value * 50)), 50) < 49 + 5 * Math.Sqrt(2 * 49));
    }

    [Fact]
    public void NextInt32_IsUniformBelowAnyBound() => Gen.Select(Gen.Int[1, 60], Gen.Int).Sample((bound, seed) =>
    {
        var stream = new RandomStream(seed, 0);
        double chi = ChiSquared(Enumerable.Range(0, 20_000).Select(_ => stream.NextInt32(bound)), bound);
        Assert.True(chi <= bound - 1 + 6 * Math.Sqrt(2 * (bound - 1)) + 6, $"{chi} of {bound} values");
    }, iter: 30);

    [Fact]
    public void NextInt32_BelowTheLargestBound_ReachesBothHalves()
    {
        var stream = new RandomStream(5, 0);
        int[] values = [.. Enumerable.Range(0, 100).Select(_ => stream.NextInt32(int.MaxValue))];
        Assert.All(values, value => Assert.True(value >= 0));
        Assert.InRange(values.Count(value => value > int.MaxValue / 2), 25, 75);
    }

    [Fact]
    public void FillUniform_FillsTheWholeInterval()
    {
        float[] values = new float[Draws];
        new RandomStream(2, 0).FillUniform(values, 0.25);
        Assert.InRange(values.Min(), -0.25f, -0.249f);
        Assert.InRange(values.Max(), 0.249f, 0.25f);
        Assert.Equal(0.25 * 0.25 / 3, values.Average(value => (double)value * value), 3e-4);
    }

    [Fact]
    public void Shuffle_GivesEveryPermutationEquallyOften()
    {
        var stream = new RandomStream(3, 0);
        var codes = new List<int>();
        for (int i = 0; i < 24_000; i++)
        {
            int[] values = [0, 1, 2, 3];
            stream.Shuffle(values);
            codes.Add(values[0] * 64 + values[1] * 16 + values[2] * 4 + values[3]);
        }

        List<int> distinct = [.. codes.Distinct()];
        Assert.Equal(24, distinct.Count);
        Assert.True(ChiSquared(codes.Select(code => distinct.IndexOf(code)), 24) < 23 + 5 * Math.Sqrt(2 * 23));
    }

    [Fact]
    public void TheSameSeedAndPurpose_GiveTheSameNumbers_AndAnyOtherOthers() =>
        Gen.Select(Gen.Int, Gen.Int[0, 100], Gen.Int, Gen.Int[0, 100]).Sample((seed, purpose, otherSeed, otherPurpose) =>
        {
            Assert.Equal(First(seed, purpose), First(seed, purpose));
            if ((seed, purpose) != (otherSeed, otherPurpose))
            {
                Assert.Empty(First(seed, purpose).Intersect(First(otherSeed, otherPurpose)));
            }
        });

    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(0, 0, 1, 0)]
    [InlineData(7, 1, 7, 2)]
    [InlineData(-1, 0, 1, 0)]
    public void StreamsOfNeighbouringSeeds_AreUncorrelated(int seed, int purpose, int otherSeed, int otherPurpose)
    {
        RandomStream one = new(seed, purpose), other = new(otherSeed, otherPurpose);
        double sum = Enumerable.Range(0, Draws).Sum(_ => (one.NextDouble() - 0.5) * (other.NextDouble() - 0.5));
        // Each product has variance 1/144.
        Assert.Equal(0, sum / Math.Sqrt(Draws / 144.0), 5.0);
    }

    private static ulong[] First(int seed, int purpose)
    {
        var stream = new RandomStream(seed, purpose);
        return [.. Enumerable.Range(0, 20).Select(_ => stream.NextUInt64())];
    }

    private static double ChiSquared(IEnumerable<int> values, int cells)
    {
        int[] counts = new int[cells];
        int total = 0;
        foreach (int value in values)
        {
            counts[value]++;
            total++;
        }

        double expected = (double)total / cells;
        return counts.Sum(count => (count - expected) * (count - expected) / expected);
    }
}
