using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Tests.Evaluation;

public class FoldsTests
{
    private static readonly Gen<(int[] Rows, int[] Classes, int[] Blocks, int Count, int Seed)> s_any =
        from count in Gen.Int[2, 8]
        from rows in Gen.Int[0, 9_999].HashSet[8, 150]
        from classes in Gen.Int[0, 4].Array[10_000]
        from blocks in Gen.Int[0, 30].Array[10_000]
        from seed in Gen.Int
        select (rows.ToArray(), classes, blocks, count, seed);

    [Fact]
    public void EveryRow_IsInOnePart() => s_any.Sample((rows, classes, blocks, count, seed) =>
    {
        int[][] parts = Deal(rows, classes, blocks, count, seed);
        Assert.Equal(count, parts.Length);
        Assert.Equal(rows.Order(), parts.SelectMany(part => part).Order());
        Assert.All(parts, part => Assert.Equal(part.Order(), part));
    });

    [Fact]
    public void Parts_DifferByOneRowAtMost_OfAll_AndOfEveryClass() => s_any.Sample((rows, classes, _, count, seed) =>
    {
        int[][] parts = Deal(rows, classes, null, count, seed);
        AssertWithinOne(parts.Select(part => part.Length));
        Assert.All(Enumerable.Range(0, 5), c => AssertWithinOne(parts.Select(part => part.Count(row => classes[row] == c))));
    });

    [Fact]
    public void ABlock_IsNeverOnBothSides() => s_any.Sample((rows, classes, blocks, count, seed) =>
    {
        int[][] parts = Deal(rows, classes, blocks, count, seed);
        Assert.All(rows.GroupBy(row => blocks[row]), block => Assert.Single(parts, part => part.Intersect(block).Any()));
    });

    [Fact]
    public void NoPartIsEmpty_WhereThereAreBlocksEnough() => s_any.Sample((rows, classes, blocks, count, seed) =>
    {
        int[][] parts = Deal(rows, classes, blocks, count, seed);
        Assert.Equal(Math.Min(count, rows.Select(row => blocks[row]).Distinct().Count()), parts.Count(part => part.Length > 0));
    });

    [Fact]
    public void WithoutClasses_PartsOfBlocks_DifferByTheLargestBlockAtMost() => s_any.Sample((rows, _, blocks, count, seed) =>
    {
        int[] sizes = Array.ConvertAll(Deal(rows, null, blocks, count, seed), part => part.Length);
        Assert.True(sizes.Max() - sizes.Min() <= rows.CountBy(row => blocks[row]).Max(block => block.Value));
    });

    [Fact]
    public void BlocksOfOneSize_ShowEveryClassInItsShare()
    {
        // 72 mice of 8 kinds, 15 rows each.
        int[] rows = [.. Enumerable.Range(0, 72 * 15)];
        int[][] parts = Folds.Deal(rows, row => row / 15 % 8, row => row / 15, 3, new RandomStream(1, 0));
        Assert.All(parts, part =>
            Assert.Equal(Enumerable.Repeat(45, 8), part.CountBy(row => row / 15 % 8).Select(ofClass => ofClass.Value)));
    }

    [Fact]
    public void TheSeed_DecidesWhichRowsGoWhere()
    {
        int[] rows = [.. Enumerable.Range(0, 60)];
        Assert.Equal(Deal(rows, null, null, 3, 1), Deal(rows, null, null, 3, 1));
        Assert.NotEqual(Deal(rows, null, null, 3, 1), Deal(rows, null, null, 3, 2));
    }

    private static int[][] Deal(int[] rows, int[]? classes, int[]? blocks, int count, int seed) =>
        Folds.Deal(
            rows, classes is null ? null : row => classes[row], blocks is null ? null : row => blocks[row], count,
            new RandomStream(seed, 0));

    private static void AssertWithinOne(IEnumerable<int> sizes) => Assert.True(sizes.Max() - sizes.Min() <= 1, string.Join(", ", sizes));
}
