using MLNet.DGating.Torch.Data.Encodings;

namespace MLNet.DGating.Torch.Tests.Data.Encodings;

public class TargetCutsTests
{
    [Fact]
    public void APlantedStep_IsFoundExactly() => Gen.Select(Gen.Int[10, 200], Gen.Double[0.2, 0.8], Gen.Int).Sample((rows, place, seed) =>
    {
        var random = new Random(seed);
        float[] column = [.. Enumerable.Range(0, rows).Select(_ => random.NextNormal()).Order()];
        int step = (int)(place * rows);
        float[] targets = [.. column.Select((_, row) => row < step ? -2f : 5f)];
        float cut = Assert.Single(Cuts(column, targets, leaves: 9, smallestLeaf: 1));
        Assert.InRange(cut, column[step - 1], column[step]);
    });

    [Fact]
    public void TheLargestStep_IsCutFirst()
    {
        float[] column = [.. Enumerable.Range(0, 90).Select(row => (float)row)];
        float[] targets = [.. column.Select(value => value < 30 ? 0f : value < 60 ? 1f : 10f)];
        Assert.Equal([59.5f], Cuts(column, targets, leaves: 2, smallestLeaf: 1));
        Assert.Equal([29.5f, 59.5f], Cuts(column, targets, leaves: 3, smallestLeaf: 1));
        Assert.Equal([29.5f, 59.5f], Cuts(column, targets, leaves: 30, smallestLeaf: 1));
    }

    [Fact]
    public void Classes_AreCutByTheirIndicators()
    {
        // As numbers, the classes 0, 2, 1 of the three parts have no step between the first part and the mean of the other two.
        float[] column = [.. Enumerable.Range(0, 90).Select(row => (float)row)];
        float[] indicators = [.. column.SelectMany(value => value < 30 ? (float[])[1, 0, 0] : value < 60 ? [0, 0, 1] : [0, 1, 0])];
        Assert.Equal([29.5f, 59.5f], Cuts(column, indicators, leaves: 30, smallestLeaf: 1, width: 3));
    }

    [Fact]
    public void TheWeightsOfRows_DecideWhichStepIsLargest()
    {
        float[] column = [.. Enumerable.Range(0, 90).Select(row => (float)row)];
        float[] targets = [.. column.Select(value => value < 30 ? 0f : value < 60 ? 3f : 5f)];
        float[] weights = [.. column.Select(value => value < 30 ? 1e-3f : 1f)];
        Assert.Equal([29.5f], Cuts(column, targets, leaves: 2, smallestLeaf: 1));
        Assert.Equal([59.5f], Cuts(column, targets, leaves: 2, smallestLeaf: 1, weights: weights));
    }

    [Fact]
    public void Cuts_AreAscending_AtMostAsManyAsLeavesLessOne_AndNoLeafIsTooSmall() =>
        Gen.Select(Numbers.Column, Gen.Int[1, 12], Gen.Int[1, 30], Gen.Int).Sample((column, leaves, smallest, seed) =>
        {
            var random = new Random(seed);
            float[] cuts = Cuts(column, [.. column.Select(value => value + random.NextNormal())], leaves, smallest);
            Assert.InRange(cuts.Length, 0, leaves - 1);
            Assert.Equal(cuts.Order(), cuts);
            float[] ends = [float.NegativeInfinity, .. cuts, float.PositiveInfinity];
            Assert.True(cuts.Length == 0 || ends.Zip(ends.Skip(1)).All(leaf =>
                column.Count(value => value >= leaf.First && value < leaf.Second) >= smallest));
        }, iter: 300);

    [Fact]
    public void NeighbouringNumbers_AreCutApart()
    {
        float lower = MathF.BitIncrement(1000), upper = MathF.BitIncrement(lower);
        foreach ((float from, float to) in ((float, float)[])[(1000, lower), (lower, upper)])
        {
            float cut = Assert.Single(Cuts([from, from, to, to], [0, 0, 1, 1], leaves: 2, smallestLeaf: 1));
            Assert.True(from < cut && cut <= to);
        }
    }

    [Fact]
    public void AConstantTarget_IsNotCut() => Assert.Empty(Cuts([1, 2, 3, 4, 5, 6], [7, 7, 7, 7, 7, 7], leaves: 9, smallestLeaf: 1));

    private static float[] Cuts(
        float[] column, float[] targets, int leaves, int smallestLeaf, int width = 1, float[]? weights = null) =>
        new TargetCuts(DistinctValues.Of(column, weights ?? [.. column.Select(_ => 1f)], targets, width), smallestLeaf).Find(leaves);
}
