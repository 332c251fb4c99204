using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Tests.Objective;

public class GroupLayoutTests
{
    private static readonly Gen<int[]> s_sizes = Gen.Int[1, 6].Array[1, 12];

    [Fact]
    public void FromSizes_LaysGroupsSideBySide_WeighingTheSquareRootOfTheirSize() => s_sizes.Sample(sizes =>
    {
        var layout = GroupLayout.FromSizes(sizes);
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
        var layout = GroupLayout.PerColumn(4);
        Assert.Equal([0, 1, 2, 3, 4], layout.Starts);
        Assert.Equal([1, 1, 1, 1], layout.Weights);
    }

    [Fact]
    public void SelectAndColumnsOf_AgreeAboutTheGroupsThatStay() => Gen.Select(s_sizes, Gen.Int).Sample((sizes, seed) =>
    {
        var random = new Random(seed);
        var layout = GroupLayout.Create(sizes, GroupTermsOf.Random(sizes.Length, random));
        int[] kept = [.. Enumerable.Range(0, sizes.Length).OrderBy(_ => random.Next()).Take(random.Next(sizes.Length + 1))];
        GroupLayout selected = layout.Select(kept);
        int[] columns = layout.ColumnsOf(kept);
        Assert.Equal((kept.Length, columns.Length), (selected.Count, selected.Columns));
        for (int i = 0; i < kept.Length; i++)
        {
            Assert.Equal((layout.Weights[kept[i]], layout.Costs[kept[i]]), (selected.Weights[i], selected.Costs[i]));
            Assert.Equal(Enumerable.Range(layout.Starts[kept[i]], sizes[kept[i]]), columns[selected.Starts[i]..selected.Starts[i + 1]]);
        }
    });

    [Fact]
    public void Create_MultipliesTheWeightByTheCostRelativeToTheMean_AndKeptGroupsHaveNone()
    {
        var layout = GroupLayout.Create(
            [4, 1, 1, 2], [new(2, 1, false), new(1, 5, false), new(3, 100, true), GroupTerms.Ordinary with { Cost = 3 }]);
        // The mean cost of those that may leave is 3.
        Assert.Equal([2 * 2 / 3f, 5 / 3f, 0, MathF.Sqrt(2)], layout.Weights, new Closeness());
        Assert.Equal([1, 5, 100, 3], layout.Costs);
        Assert.Equal((1, true, false), (layout.KeptCount, layout.IsKept(2), layout.IsKept(1)));
    }

    [Fact]
    public void Create_DoesNotDependOnTheUnitOfCosts() =>
        Gen.Select(Gen.Double[0.1, 10].Array[1, 8], Gen.Double[1e-3, 1e3]).Sample((costs, unit) =>
        {
            int[] sizes = [.. costs.Select(_ => 1)];
            Assert.Equal(
                GroupLayout.Create(sizes, GroupTermsOf.Costing(costs)).Weights,
                GroupLayout.Create(sizes, GroupTermsOf.Costing(costs.Select(cost => unit * cost))).Weights, new Closeness());
        });

    private sealed class Closeness : IEqualityComparer<float>
    {
        public bool Equals(float x, float y) => MathF.Abs(x - y) <= 1e-6f * MathF.Max(MathF.Abs(x), 1);

        public int GetHashCode(float value) => 0;
    }
}
