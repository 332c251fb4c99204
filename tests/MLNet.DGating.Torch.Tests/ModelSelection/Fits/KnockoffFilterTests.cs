using MLNet.DGating.Torch.ModelSelection.Fits;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

public class KnockoffFilterTests
{
    // Signs by size, from the largest: + + + + − + + + − −, with an eleventh group that is equal to its knockoff.
    private static readonly double[] s_statistics = [10, 9, 8, 7, -6, 5, 4, 3, -2, -1, 0];

    [Theory]
    [InlineData(0.25, 7)] // (1 + 0) / 4; at 3 it is (1 + 1) / 7.
    [InlineData(0.2857142857142857, 3)] // (1 + 1) / 7
    [InlineData(0.5, 2)] // (1 + 2) / 7
    [InlineData(0.6, 1)] // (1 + 3) / 7
    [InlineData(0.2, double.PositiveInfinity)]
    public void TheThreshold_IsTheLeastAtWhichTheEstimateIsSmallEnough(double rate, double threshold) =>
        Assert.Equal(threshold, KnockoffFilter.Threshold(s_statistics, rate));

    [Fact]
    public void TheFewestGroups_AreOneOverTheRate()
    {
        double[] nine = [.. Enumerable.Range(1, 9).Select(value => (double)value)], ten = [.. nine, 10];
        Assert.Empty(Selected([nine], 0.1));
        Assert.Equal(10, Selected([ten], 0.1).Length);
        Assert.Equal([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], Selected([ten], 0.1).OrderDescending());
    }

    [Fact]
    public void EValues_AreTheGroupsOverOneMoreThanTheNegativeOnes_AveragedOverTheDraws()
    {
        // One draw at its whole rate: 11 groups, at 3 one negative value.
        double[] one = KnockoffFilter.EValues([s_statistics], 11, 2.0 / 7);
        Assert.Equal([5.5, 5.5, 5.5, 5.5, 0, 5.5, 5.5, 5.5, 0, 0, 0], one);

        // Two draws at 0.6 of 0.5: (1 + 1) / 7 at 3. In the other draw only the first group is positive: the scan ends at once.
        double[] other = [1, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2];
        double[] two = KnockoffFilter.EValues([s_statistics, other], 11, 0.5);
        Assert.Equal(5.5 / 2 + 1.0 / 2, two[0], 1e-12);
        Assert.Equal(5.5 / 2, two[1], 1e-12);
        Assert.Equal(0, two[4]);
    }

    [Fact]
    public void TheScanOfOneOfSeveralDraws_EndsWhereTooFewAreLeft()
    {
        // At a rate of 0.6 · 0.2 nine groups would have to be positive; with eight the scan ends at the first value.
        double[] eight = [1, 2, 3, 4, 5, 6, 7, 8, -1, -2];
        Assert.Equal(10.0 / 3, KnockoffFilter.EValues([eight, eight], 10, 0.2)[0], 1e-12);
        Assert.Equal(double.PositiveInfinity, KnockoffFilter.Threshold(eight, 0.12));
    }

    [Fact]
    public void GroupsAreSelected_WhoseEValueIsAtLeastTheirShareOfTheRate()
    {
        // n = 10, rate 0.5: the k-th largest must reach 20 / k.
        Assert.Equal([2, 0, 1], KnockoffFilter.Select([7, 7, 9, 4, 0, 0, 0, 0, 0, 0], 10, 0.5));
        Assert.Equal([2, 0, 1, 3], KnockoffFilter.Select([7, 7, 9, 5, 0, 0, 0, 0, 0, 0], 10, 0.5));
        Assert.Empty(KnockoffFilter.Select([7, 7, 6, 4, 0, 0, 0, 0, 0, 0], 10, 0.5));
    }

    [Fact]
    public void OneDraw_SelectsWhatTheKnockoffFilterSelects() =>
        Gen.Select(Gen.Double[-1, 2].Array[1, 40], Gen.Double[0.05, 0.6]).Sample((statistics, rate) =>
        {
            double threshold = KnockoffFilter.Threshold(statistics, rate);
            int[] filtered = [.. Enumerable.Range(0, statistics.Length).Where(group => statistics[group] >= threshold)];
            Assert.Equal(filtered, Selected([statistics], rate).Order());
        }, iter: 500);

    [Fact]
    public void OnNoise_TheFalseDiscoveryRateIsAtMostTheGivenOne()
    {
        const int Repetitions = 400;
        var random = new Random(1);
        int one = 0, several = 0;
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            // Every sign is a coin toss, so that every selection is false.
            double[][] draws =
                [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 30).Select(_ => random.NextDouble() - 0.5).ToArray())];
            one += Selected(draws[..1], 0.3).Length > 0 ? 1 : 0;
            several += Selected(draws, 0.3).Length > 0 ? 1 : 0;
        }

        Assert.InRange((double)one / Repetitions, 0.02, 0.3 + 3 * 0.023);
        Assert.InRange((double)several / Repetitions, 0, 0.3 + 3 * 0.023);
    }

    private static int[] Selected(double[][] draws, double rate) =>
        KnockoffFilter.Select(KnockoffFilter.EValues(draws, draws[0].Length, rate), draws[0].Length, rate);
}
