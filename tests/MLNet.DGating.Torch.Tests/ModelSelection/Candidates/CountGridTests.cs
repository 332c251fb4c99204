using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Candidates;

public class CountGridTests
{
    [Fact]
    public void AnyGrid_FallsFromAllToOne_ManyGroupsThroughLessThanHalf() =>
        Gen.OneOf(Gen.Int[1, 40], Gen.Int[1, 100_000]).Sample(groups =>
        {
            int[] counts = CountGrid.Of(groups);
            Assert.Equal((groups, 1), (counts[0], counts[^1]));
            Assert.InRange(counts.Length, 1, DGatingDefaults.LadderLength + 8);
            Assert.Equal(Enumerable.Range(1, Math.Min(groups, 10)), counts.Order().Take(10));
            for (int i = 1; i < counts.Length; i++)
            {
                Assert.True(counts[i] < counts[i - 1]);
            }

            Assert.All(counts[1..], count => Assert.True(groups <= 2 * DGatingDefaults.LadderLength || count <= groups / 2));
        });

    [Fact]
    public void AShortGrid_BeginsWithAllButOne()
    {
        Assert.Equal([6, 5, 4, 3, 2, 1], CountGrid.Of(6));
        Assert.Equal([14, 13, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], CountGrid.Of(14));
    }

    [Fact]
    public void ALongGrid_HasAllItsCounts_EvenOnALogarithmicScale()
    {
        int[] counts = CountGrid.Of(10_000);
        Assert.Equal([10_000, 4999, 2133, 910, 388, 166, 71, 30, 13, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], counts);
        double[] ratios = [.. counts[1..6].Zip(counts[2..7], (upper, lower) => (double)upper / lower)];
        Assert.All(ratios, ratio => Assert.Equal(ratios[0], ratio, 0.02));
    }

    [Fact]
    public void GroupsThatAlwaysStay_AreInEveryCount_AndTheLastIsTheyAlone()
    {
        Assert.Equal([8, 7, 6, 5, 4, 3, 2], CountGrid.Of(GroupLayout.Create([1, 1, 1, 1, 1, 1, 1, 1], GroupTermsOf.Keeping(8, [3, 5])), 8));
        Assert.Equal([2], CountGrid.Of(GroupLayout.Create([1, 1], GroupTermsOf.Keeping(2, [0, 1])), 2));
        Assert.Equal(CountGrid.Of(40), CountGrid.Of(GroupLayout.PerColumn(40), 40));
        Assert.Equal(CountGrid.Of(16), CountGrid.Of(GroupLayout.PerColumn(40), 16));
    }
}
