using MLNet.DGating.Torch.Data.Encodings;

namespace MLNet.DGating.Torch.Tests.Data;

public class ColumnFactorTests
{
    [Fact]
    public void OfCurves_AStandardizedColumnHasTheFactorOne_AndNarrowIntervalsLargerOnes() =>
        Gen.Select(Gen.Int[1, 1 << 30], Gen.Double[1e-6, 1]).Sample((rows, deviation) =>
        {
            var factor = ColumnFactor.OfCurves(rows);
            Assert.Equal(1, factor.Of(1), 1e-6f);
            Assert.InRange(factor.Of(deviation), 1 - 1e-6f, 1 / 0.03f + 1.01f);
            Assert.True(factor.Of(deviation) >= factor.Of(Math.Min(1, 2 * deviation)));
        });

    [Fact]
    public void OfCurves_MoreRowsHaveLargerFactors_DownToThatBesideANetwork()
    {
        float[] factors = [.. Enumerable.Range(2, 4).Select(digits => ColumnFactor.OfCurves((int)Math.Pow(10, digits)).Of(0.05))];
        Assert.Equal(factors.Order(), factors);
        Assert.True(factors[0] < 2 && factors[^1] > 8);
        Assert.Equal(ColumnFactor.BesideNetwork.LeastDeviation, ColumnFactor.OfCurves(1_000_000_000).LeastDeviation);
    }
}
