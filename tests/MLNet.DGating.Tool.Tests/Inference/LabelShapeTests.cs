using MLNet.DGating.Tool.Inference;

namespace MLNet.DGating.Tool.Tests.Inference;

public sealed class LabelShapeTests
{
    private static readonly double[] s_even = [.. Enumerable.Range(0, 200).Select(i => i * 37 % 101 - 50.5)];

    [Fact]
    public void ALabelWithoutOddities_HasTheSquaredError()
    {
        LabelShape shape = Of(s_even);
        Assert.Null(shape.Loss);
        Assert.False(shape.HasOutliers);
    }

    [Fact]
    public void ValuesBeyondAGap_AreOutliers()
    {
        LabelShape shape = Of([.. s_even, 100_000, 99_000, -5e7]);
        Assert.Equal((-50.5, 49.5), (shape.Lowest, shape.Highest));
        Assert.Equal(DGatingRegressionLoss.Huber, shape.Loss);
    }

    [Fact]
    public void ATailIsNoOutlier_ButSkew()
    {
        LabelShape shape = Of([.. Enumerable.Range(0, 500).Select(i => Math.Exp(1.5 * (i * 37 % 500 - 250) / 100))]);
        Assert.False(shape.HasOutliers);
        Assert.Equal(DGatingRegressionLoss.Gamma, shape.Loss);
    }

    [Theory]
    [InlineData("0 0 0 0 0 0 1 1 1 1 2 2 3 4", true)]
    [InlineData("0 1 2 3 4 5 6 7 8 9", false)]
    [InlineData("1 1 1 1 2 2 3 4 5", false)]
    [InlineData("0 0 0 0 1 1 2 3 4.5", false)]
    [InlineData("0 0 0 0 1 1 1 2", false)]
    public void Counts_BeginAtZeroAndFallOff(string values, bool areCounts)
    {
        var label = new ColumnProfile("y", 0);
        foreach (string value in Enumerable.Repeat(values.Split(' '), 20).SelectMany(word => word))
        {
            label.Add(value);
        }

        Assert.Equal(areCounts, Counts.Are(label));
    }

    private static LabelShape Of(double[] values)
    {
        var label = new ColumnProfile("y", 0, new ReadingHints { Label = "y" });
        foreach (double value in values)
        {
            label.Add(value.ToString());
        }

        return LabelShape.Of(label);
    }
}
