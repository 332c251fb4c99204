namespace MLNet.DGating.Torch.Tests;

public class CountLadderTests
{
    [Fact]
    public void AnyLadder_FallsFromAllToOne_ManyGroupsThroughLessThanHalf() => Gen.OneOf(Gen.Int[1, 40], Gen.Int[1, 100_000]).Sample(groups =>
    {
        int[] counts = CountLadder.Of(groups);
        Assert.Equal((groups, 1), (counts[0], counts[^1]));
        Assert.InRange(counts.Length, 1, DGatingDefaults.LadderLength);
        for (int i = 1; i < counts.Length; i++)
        {
            Assert.True(counts[i] < counts[i - 1]);
        }

        Assert.All(counts[1..], count => Assert.True(groups <= 2 * DGatingDefaults.LadderLength || count <= groups / 2));
    });

    [Fact]
    public void AShortLadder_BeginsWithAllButOne()
    {
        Assert.Equal([6, 5, 4, 3, 2, 1], CountLadder.Of(6));
        Assert.Equal([14, 13, 10, 8, 6, 5, 4, 3, 2, 1], CountLadder.Of(14));
    }

    [Fact]
    public void ALongLadder_HasAllItsRungs_EvenOnALogarithmicScale()
    {
        int[] counts = CountLadder.Of(10_000);
        Assert.Equal(DGatingDefaults.LadderLength, counts.Length);
        double[] ratios = [.. counts[1..6].Zip(counts[2..7], (upper, lower) => (double)upper / lower)];
        Assert.All(ratios, ratio => Assert.Equal(ratios[0], ratio, 0.02));
    }

    [Fact]
    public void GroupsThatAlwaysStay_AreUnderEveryRung_AndTheLastRungIsTheyAlone()
    {
        Assert.Equal([8, 7, 6, 5, 4, 3, 2], CountLadder.Of(GroupLayout.Create([1, 1, 1, 1, 1, 1, 1, 1], GroupTermsOf.Keeping(8, [3, 5]))));
        Assert.Equal([2], CountLadder.Of(GroupLayout.Create([1, 1], GroupTermsOf.Keeping(2, [0, 1]))));
        Assert.Equal(CountLadder.Of(40), CountLadder.Of(GroupLayout.PerColumn(40)));
    }
}
