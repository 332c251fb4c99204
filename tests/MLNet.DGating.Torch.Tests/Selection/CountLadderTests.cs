namespace MLNet.DGating.Torch.Tests;

public class CountLadderTests
{
    [Fact]
    public void AnyLadder_FallsFromAllToOne_ThroughLessThanHalf() => Gen.Int[1, 100_000].Sample(groups =>
    {
        int[] counts = CountLadder.Of(groups);
        Assert.Equal((groups, 1), (counts[0], counts[^1]));
        Assert.InRange(counts.Length, 1, DGatingDefaults.LadderLength);
        for (int i = 1; i < counts.Length; i++)
        {
            Assert.True(counts[i] < counts[i - 1]);
        }

        Assert.All(counts[1..], count => Assert.True(count <= Math.Max(1, groups / 2)));
    });

    [Fact]
    public void ALongLadder_HasAllItsRungs_EvenOnALogarithmicScale()
    {
        int[] counts = CountLadder.Of(10_000);
        Assert.Equal(DGatingDefaults.LadderLength, counts.Length);
        double[] ratios = [.. counts[1..6].Zip(counts[2..7], (upper, lower) => (double)upper / lower)];
        Assert.All(ratios, ratio => Assert.Equal(ratios[0], ratio, 0.02));
    }
}
