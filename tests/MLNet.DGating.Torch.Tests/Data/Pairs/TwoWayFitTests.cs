using MLNet.DGating.Torch.Data.Pairs;

namespace MLNet.DGating.Torch.Tests.Data.Pairs;

public class TwoWayFitTests
{
    private static readonly Gen<(int Rows, int Columns, double[] Weights, double[] Values)> s_any =
        from rows in Gen.Int[2, 9]
        from columns in Gen.Int[2, 9]
        from weights in Gen.Frequency((1, Gen.Const(0.0)), (3, Gen.Double[0, 100])).Array[rows * columns]
        from values in Gen.Double[-10, 10].Array[rows * columns]
        select (rows, columns, weights, values);

    [Fact]
    public void OfWhatIsLeft_EveryWeightedRowAndColumnSumIsZero() => s_any.Sample(one =>
    {
        new TwoWayFit(one.Weights, one.Rows, one.Columns).Purify(one.Values);
        double[] products = [.. one.Weights.Zip(one.Values, (weight, value) => weight * value)];
        double tolerance = 1e-5 * (1 + one.Weights.Sum());
        Assert.All(Enumerable.Range(0, one.Rows), i =>
            Assert.Equal(0, Enumerable.Range(0, one.Columns).Sum(j => products[i * one.Columns + j]), tolerance));
        Assert.All(Enumerable.Range(0, one.Columns), j =>
            Assert.Equal(0, Enumerable.Range(0, one.Rows).Sum(i => products[i * one.Columns + j]), tolerance));
    });

    [Fact]
    public void OfASumOfFunctionsOfOneAxis_NothingIsLeft_WhereThereAreRows() => s_any.Sample(one =>
    {
        double[] weights = Array.ConvertAll(one.Weights, weight => weight + 1);
        double[] sum = [.. one.Values.Select((_, node) => one.Values[node / one.Columns] + one.Values[node % one.Columns])];
        new TwoWayFit(weights, one.Rows, one.Columns).Purify(sum);
        Assert.All(sum, value => Assert.Equal(0, value, 1e-5));
    });
}
