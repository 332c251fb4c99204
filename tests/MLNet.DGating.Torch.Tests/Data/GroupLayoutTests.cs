namespace MLNet.DGating.Torch.Tests;

public class GroupLayoutTests
{
    private static readonly Gen<int[]> s_sizes = Gen.Int[1, 6].Array[1, 12];

    [Fact]
    public void FromSizes_LaysGroupsSideBySide_WeighingTheSquareRootOfTheirSize() => s_sizes.Sample(sizes =>
    {
        GroupLayout layout = GroupLayout.FromSizes(sizes);
        Assert.Equal((sizes.Length, sizes.Sum()), (layout.Count, layout.Columns));
        for (int j = 0; j < sizes.Length; j++)
        {
            Assert.Equal((sizes[..j].Sum(), sizes[j]), (layout.Starts[j], layout.Size(j)));
            Assert.Equal(Math.Sqrt(sizes[j]), layout.Weights[j], 1e-6);
        }
    });

    [Fact]
    public void PerColumn_IsOneGroupAColumnOfWeight1()
    {
        GroupLayout layout = GroupLayout.PerColumn(4);
        Assert.Equal([0, 1, 2, 3, 4], layout.Starts);
        Assert.Equal([1, 1, 1, 1], layout.Weights);
    }

    [Fact]
    public void SelectAndColumnsOf_AgreeAboutTheGroupsThatStay() => Gen.Select(s_sizes, Gen.Int).Sample((sizes, seed) =>
    {
        var random = new Random(seed);
        GroupLayout layout = GroupLayout.FromSizes(sizes);
        int[] kept = [.. Enumerable.Range(0, sizes.Length).OrderBy(_ => random.Next()).Take(random.Next(sizes.Length + 1))];
        GroupLayout selected = layout.Select(kept);
        int[] columns = layout.ColumnsOf(kept);
        Assert.Equal((kept.Length, columns.Length), (selected.Count, selected.Columns));
        for (int i = 0; i < kept.Length; i++)
        {
            Assert.Equal(layout.Weights[kept[i]], selected.Weights[i]);
            Assert.Equal(Enumerable.Range(layout.Starts[kept[i]], sizes[kept[i]]), columns[selected.Starts[i]..selected.Starts[i + 1]]);
        }
    });
}
