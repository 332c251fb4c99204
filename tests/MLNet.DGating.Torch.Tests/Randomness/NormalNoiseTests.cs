using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Tests.Randomness;

public class NormalNoiseTests
{
    private const int Draws = 400_000;

    [Fact]
    public void TheMoments_AreThoseOfTheStandardNormal()
    {
        float[] values = Draw(1, Draws);
        Assert.All(values, value => Assert.True(float.IsFinite(value)));
        // Each within five standard errors: variances of x, x², x³, x⁴ are 1, 2, 15, 96.
        double[] expected = [0, 1, 0, 3], variances = [1, 2, 15, 96];
        for (int power = 1; power <= 4; power++)
        {
            double moment = values.Average(value => Math.Pow(value, power));
            Assert.Equal(expected[power - 1], moment, 5 * Math.Sqrt(variances[power - 1] / Draws));
        }
    }

    [Theory]
    [InlineData(0.5, 0.691462)]
    [InlineData(-1, 0.158655)]
    [InlineData(2, 0.977250)]
    [InlineData(3, 0.998650)]
    [InlineData(-4, 0.0000317)]
    public void TheDistribution_IsNormal_AlsoInTheTails(double below, double probability) =>
        Assert.Equal(
            probability, Draw(2, Draws).Count(value => value < below) / (double)Draws,
            5 * Math.Sqrt(probability * (1 - probability) / Draws));

    [Fact]
    public void Neighbours_AreUncorrelated_InTheVectorAndAcrossVectors()
    {
        float[] values = Draw(3, Draws);
        foreach (int lag in (int[])[1, 2, 4, 7, 8, 15, 16, 17, 32])
        {
            double sum = Enumerable.Range(0, Draws - lag).Sum(i => (double)values[i] * values[i + lag]);
            Assert.Equal(0, sum / Math.Sqrt(Draws - lag), 5.0);
        }

        // Both numbers of a Box-Muller pair come of one radius: their squares must be uncorrelated too.
        double squares =
            Enumerable.Range(0, Draws - 8).Sum(i => ((double)values[i] * values[i] - 1) * ((double)values[i + 8] * values[i + 8] - 1));
        Assert.Equal(0, squares / Math.Sqrt(4.0 * Draws), 5.0);
    }

    [Fact]
    public void AddTo_AddsDeviationTimesTheNoise_ForAnyLength() =>
        Gen.Select(Gen.Int[0, 70], Gen.Float[0.1f, 3], Gen.Int).Sample((length, deviation, seed) =>
        {
            float[] noise = Draw(seed, length), values = [.. Enumerable.Range(0, length).Select(i => (float)i)];
            new NormalNoise(new RandomStream(seed, 0)).AddTo(values, deviation);
            Assert.All(Enumerable.Range(0, length), i => Assert.Equal(i + deviation * noise[i], values[i], 1e-5f * (1 + i)));
        });

    [Fact]
    public void TheSeed_DecidesTheNoise()
    {
        Assert.Equal(Draw(1, 100), Draw(1, 100));
        Assert.Empty(Draw(1, 100).Intersect(Draw(2, 100)));
    }

    [Fact]
    public void TheLast_OfAnOddLength_HasTheDeviationToo()
    {
        var noise = new NormalNoise(new RandomStream(4, 0));
        double sum = 0;
        for (int i = 0; i < 20_000; i++)
        {
            float[] values = new float[19];
            noise.AddTo(values, 2);
            sum += (double)values[18] * values[18];
        }

        Assert.Equal(4, sum / 20_000, 5 * 4 * Math.Sqrt(2.0 / 20_000));
    }

    private static float[] Draw(int seed, int count)
    {
        float[] values = new float[count];
        new NormalNoise(new RandomStream(seed, 0)).AddTo(values, 1);
        return values;
    }
}
