using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Tests.Randomness;

public class DropoutMaskTests
{
    private const int Draws = 200_000;

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    public void AMask_IsZeroWithItsProbability_AndElseKeepsTheMean(float probability)
    {
        float[] mask = Draw(1, Draws, probability);
        Assert.All(mask, factor => Assert.True(factor == 0 || factor == 1 / (1 - probability)));
        // Each within five standard errors.
        double error = 5 * Math.Sqrt(probability * (1 - probability) / Draws);
        Assert.Equal(probability, mask.Count(factor => factor == 0) / (double)Draws, error);
        Assert.Equal(1, mask.Average(factor => (double)factor), error / (1 - probability));
    }

    [Fact]
    public void Neighbours_AreUncorrelated_InTheVectorAndAcrossVectors()
    {
        float[] mask = Draw(2, Draws, 0.5f);
        foreach (int lag in (int[])[1, 2, 8, 15, 16, 17, 32])
        {
            double sum = Enumerable.Range(0, Draws - lag).Sum(i => (mask[i] - 1.0) * (mask[i + lag] - 1.0));
            Assert.Equal(0, sum / Math.Sqrt(Draws - lag), 5.0);
        }
    }

    [Fact]
    public void TheSeed_DecidesTheMask_OfAnyLength() => Gen.Select(Gen.Int[0, 99], Gen.Int).Sample((length, seed) =>
    {
        Assert.Equal(Draw(seed, length, 0.5f), Draw(seed, length, 0.5f));
        Assert.Equal(Draw(seed, 99, 0.5f)[..(length / 16 * 16)], Draw(seed, length, 0.5f)[..(length / 16 * 16)]);
        Assert.NotEqual(Draw(seed, 99, 0.5f), Draw(seed + 1, 99, 0.5f));
    });

    private static float[] Draw(int seed, int count, float probability)
    {
        float[] mask = new float[count];
        new DropoutMask(new RandomStream(seed, 0)).Fill(mask, probability);
        return mask;
    }
}
