using CsCheck;
using MLNet.DGating.Tool.Splitting;

namespace MLNet.DGating.Tool.Tests.Splitting;

public sealed class StratificationTests
{
    private static readonly Gen<List<LabelledRow>> s_rows =
        from classes in Gen.Int[0, 3].Array[1, 300]
        from seed in Gen.Int[0, 1000]
        select Rows(classes, seed);

    [Fact]
    public void OfEveryClassTheSameShareIsHeldOut_AndOneRowIsLeftToTrainOn() => s_rows.Sample(rows =>
    {
        int[] parts = Stratification.HoldOut(rows, 0.2, areGrouped: false);
        Assert.All(rows.Index().GroupBy(row => row.Item.Class), one =>
        {
            int all = one.Count(), heldOut = one.Count(row => parts[row.Index] == 0);
            int expected = all == 1 ? 0 : Math.Max(1, (int)Math.Round(0.2 * all));
            Assert.Equal(expected, heldOut);
        });
    });

    [Fact]
    public void EveryFoldHasItsShareOfEveryClass() => s_rows.Sample(rows =>
    {
        int[] parts = Stratification.Fold(rows, 5, areGrouped: false);
        Assert.All(rows.Index().GroupBy(row => row.Item.Class), one =>
        {
            int all = one.Count();
            int[] counts = [.. Enumerable.Range(0, 5).Select(fold => one.Count(row => parts[row.Index] == fold))];
            Assert.Equal(all == 1 ? 0 : all, counts.Sum());
            Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        });
    });

    [Fact]
    public void Numbers_AreInEveryPart_SmallOnesAndLargeOnes()
    {
        List<LabelledRow> rows = [.. Enumerable.Range(0, 1000).Select(i => new LabelledRow(i, 0, i * i, i, Draw(i, 1)))];
        double mean = rows.Average(row => row.Value);
        int[] parts = Stratification.HoldOut(rows, 0.2, areGrouped: false);
        Assert.Equal(200, parts.Count(part => part == 0));
        Assert.InRange(rows.Where((_, i) => parts[i] == 0).Average(row => row.Value), 0.98 * mean, 1.02 * mean);
        int[] folds = Stratification.Fold(rows, 10, areGrouped: false);
        Assert.All(Enumerable.Range(0, 10), fold => Assert.InRange(
            rows.Where((_, i) => folds[i] == fold).Average(row => row.Value), 0.97 * mean, 1.03 * mean));
    }

    [Fact]
    public void RowsOfOneGroup_StayTogether_AndClassesHaveTheirShares() => Gen.Int[0, 1000].Sample(seed =>
    {
        var random = new Random(seed);
        List<LabelledRow> rows = [.. Enumerable.Range(0, 60).SelectMany(group =>
        {
            int label = random.Next(4) == 0 ? 1 : 0;
            double draw = random.NextDouble();
            return Enumerable.Range(0, random.Next(1, 6)).Select(_ => new LabelledRow(0, label, 0, group, draw));
        })];
        int[] parts = Stratification.Fold(rows, 5, areGrouped: true);
        Assert.All(rows.Index().GroupBy(row => row.Item.Group), group => Assert.Single(group.Select(row => parts[row.Index]).Distinct()));
        int[] heldOut = Stratification.HoldOut(rows, 0.2, areGrouped: true);
        Assert.All(rows.Index().GroupBy(row => row.Item.Class), one => Assert.InRange(
            one.Count(row => heldOut[row.Index] == 0), (0.2 * one.Count()) - 5, (0.2 * one.Count()) + 5));
    }, iter: 50);

    [Fact]
    public void AnotherSeed_IsAnotherSplit()
    {
        int[] classes = [.. Enumerable.Range(0, 200).Select(i => i % 2)];
        int[] first = Stratification.HoldOut(Rows(classes, 1), 0.5, false), second = Stratification.HoldOut(Rows(classes, 2), 0.5, false);
        Assert.NotEqual(first, second);
    }

    private static List<LabelledRow> Rows(int[] classes, int seed) =>
        [.. classes.Select((one, i) => new LabelledRow(i, one, 0, i, Draw(i, seed)))];

    private static double Draw(int row, int seed) => Tool.Views.RowFilters.Draw(row, seed);
}
