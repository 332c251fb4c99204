using CsCheck;
using MLNet.DGating.Plots.Charts;

namespace MLNet.DGating.Plots.Tests.Charts;

public sealed class LabelColumnTests
{
    [Fact]
    public void Spread_KeepsOrderAndDistanceInsideTheColumn() =>
        Gen.Double[0, 400].Array[1, 20].Sample(wanted =>
        {
            double[] heights = LabelColumn.Spread(wanted, 0, 400, 20);
            double[] sorted = [.. heights.Order()];
            return sorted[0] >= -1e-9 && sorted[^1] <= 400 + 1e-9
                && sorted.Zip(sorted.Skip(1)).All(pair => pair.Second - pair.First >= 20 - 1e-9)
                && wanted.Index().OrderBy(it => it.Item).Select(it => heights[it.Index]).SequenceEqual(sorted);
        });
}
