using MLNet.DGating.Torch.Data.Encodings;

namespace MLNet.DGating.Torch.Tests.Data.Encodings;

public class NumberEdgesTests
{
    [Fact]
    public void EveryFrequentValue_IsAnEdge_WhereFewValuesComeOften()
    {
        float[] column = [.. Enumerable.Range(0, 1000).Select(row => (float)(row % 7 * row % 7))];
        Assert.Equal(column.Distinct().Order(), Edges(column));
    }

    [Fact]
    public void RareValues_AreNoEdges_OfNumbersWithFewValues_ButTheLeastAndTheGreatestAre()
    {
        float[] column = [.. Enumerable.Range(0, 1000).Select(row => (float)(row % 10)), -3, 4.5f, 4.5f, 77];
        Assert.Equal([-3, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 77], Edges(column));
    }

    [Fact]
    public void QuantilesAndCuts_AreTheEdgesOfOtherNumbers()
    {
        // The target has a step at 0.7, between two values.
        var random = new Random(1);
        float[] column = [.. Enumerable.Range(0, 5000).Select(_ => random.NextNormal())];
        float[] targets = Array.ConvertAll(column, value => value > 0.7f ? 1f : 0f);
        float[] edges = Edges(column, targets);
        Assert.InRange(edges.Length, 96, 96 + 48 + 32 + 2);
        float below = column.Where(value => value <= 0.7f).Max(), above = column.Where(value => value > 0.7f).Min();
        Assert.Contains(edges, edge => edge > below && edge <= above);
        // No interval has much more than its share of the rows.
        Assert.All(edges.Zip(edges.Skip(1)), interval =>
            Assert.InRange(column.Count(value => value >= interval.First && value < interval.Second), 0, 5000 / 96 + 2));
    }

    [Theory]
    [InlineData(new float[0])]
    [InlineData(new float[] { 3, 3, 3, 3 })]
    [InlineData(new float[] { 0, 1, 0, 1, 0, 1 })]
    public void FewerThanThreeValues_NeedNoIntervals(float[] column) => Assert.Empty(Edges(column));

    [Fact]
    public void ValuesOfWhichTwoAloneAreApart_NeedNoIntervals() => Assert.Empty(Edges([0, 1e-9f, 1, 1, 0, 1e-9f, 0, 1e-9f]));

    [Fact]
    public void MostlyZero_WithCodesElse_HasAnEdgeForEveryCode()
    {
        float[] column = [.. Enumerable.Range(0, 10_000).Select(row => row % 100 < 92 ? 0f : 100 * (row % 8 + 1))];
        Assert.Equal(column.Distinct().Order(), Edges(column));
    }

    [Fact]
    public void MostlyZero_WithAmountsElse_HasIntervalsForTheAmounts()
    {
        var random = new Random(2);
        float[] column = [.. Enumerable.Range(0, 10_000).Select(row => row % 100 < 92 ? 0f : MathF.Exp(random.NextNormal()))];
        float[] edges = Edges(column);
        Assert.Equal(0, edges[0]);
        float[] amounts = [.. column.Where(value => value > 0)];
        Assert.All(edges.Skip(1).Zip(edges.Skip(2)), interval => Assert.InRange(
            amounts.Count(value => value >= interval.First && value < interval.Second), 0, amounts.Length / 20));
    }

    [Fact]
    public void Edges_AreAscendingAndApart_FromTheLeastValueToTheGreatest_ThreeOrNone() =>
        Numbers.Column.Select(Gen.Int).Sample((column, seed) =>
        {
            var random = new Random(seed);
            float[] edges = Edges(column, [.. column.Select(_ => random.NextNormal())]);
            if (edges.Length == 0)
            {
                return;
            }

            Assert.InRange(edges.Length, 3, 257);
            double range = (double)column.Max() - column.Min();
            Assert.Equal(column.Min(), edges[0]);
            Assert.Equal(column.Max(), edges[^1], 1.01e-6 * range);
            Assert.All(edges.Zip(edges.Skip(1)), pair => Assert.True((double)pair.Second - pair.First > 1e-6 * range));
        }, iter: 300);

    private static float[] Edges(float[] column, float[]? targets = null) => NumberEdges.Of(
        DistinctValues.Of(column, [.. column.Select(_ => 1f)], targets ?? [.. column.Select(value => value)], 1));
}
