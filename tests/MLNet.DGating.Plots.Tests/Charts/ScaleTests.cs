using CsCheck;
using MLNet.DGating.Plots.Charts;

namespace MLNet.DGating.Plots.Tests.Charts;

public sealed class ScaleTests
{
    [Fact]
    public void At_KeepsTheOrderOfValues() =>
        Gen.Select(Gen.Enum<ScaleKind>(), Gen.Double[0.01, 1], Gen.Double[1.01, 1000], Gen.Double[0, 1], Gen.Double[0, 1])
            .Sample((kind, low, high, a, b) =>
            {
                var scale = new Scale(kind, low, high, 100, 700);
                (double x, double y) = (low + (a * (high - low)), low + (b * (high - low)));
                return Math.Sign(scale.At(x) - scale.At(y)) * Math.Sign(x - y) >= 0 && scale.At(x) is >= 99.999 and <= 700.001;
            });

    [Fact]
    public void Ticks_AreInTheRangeAndApart() =>
        Gen.Select(Gen.Enum<ScaleKind>(), Gen.Double[0.001, 1], Gen.Double[1.5, 5000]).Sample((kind, low, high) =>
        {
            var scale = new Scale(kind, low, high, 0, 600);
            IReadOnlyList<double> ticks = scale.Ticks(30);
            return ticks.Count >= 1 && ticks.All(tick => tick >= low * 0.999 && tick <= high * 1.001)
                && ticks.Zip(ticks.Skip(1)).All(pair => scale.At(pair.Second) - scale.At(pair.First) >= 29.9);
        });

    [Fact]
    public void Ticks_OfCounts_AreWholeAndHaveTheLargest()
    {
        Assert.Equal([0, 1, 2, 3, 4, 5], new Scale(ScaleKind.Whole, 0, 5, 600, 0).Ticks(34));
        Assert.Equal(617, new Scale(ScaleKind.SquareRoot, 0, 617, 600, 0).Ticks(34)[^1]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void At_OfASingleValue_IsInside(double value) =>
        Assert.InRange(new Scale(ScaleKind.Linear, value, value, 0, 600).At(value), 1, 599);
}
