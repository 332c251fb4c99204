using System.Globalization;
using MLNet.DGating.Tool.Inference;
using MLNet.DGating.Tool.Models;

namespace MLNet.DGating.Tool.Tests.Inference;

/// <summary>What is taken away from a label is near its mean, as round as its spread allows, and only where that helps.</summary>
public sealed class LabelCentreTests
{
    [Theory]
    [InlineData(5_000_123, 325, 5_000_100.0)]
    [InlineData(-1_760_012_345, 9_600, -1_760_010_000.0)]
    [InlineData(1e15, 2e8, 1e15)]
    [InlineData(5_000, 325, null)]
    [InlineData(0, 1, null)]
    [InlineData(7, 0, null)]
    public void TheCentre_IsRound_WhereTheMeanIsLarge(double mean, double spread, double? expected) =>
        Assert.Equal(expected, LabelCentre.Of(Label(mean, spread)));

    [Theory]
    [InlineData(DGatingRegressionLoss.Absolute, true)]
    [InlineData(DGatingRegressionLoss.Huber, true)]
    [InlineData(DGatingRegressionLoss.Quantile, true)]
    [InlineData(DGatingRegressionLoss.Poisson, false)]
    [InlineData(DGatingRegressionLoss.Gamma, false)]
    public void LossesOfCountsAndAmounts_NeedTheNumbersThemselves(DGatingRegressionLoss loss, bool isShifted) =>
        Assert.Equal(isShifted, new Objective { Loss = loss }.IsShiftable);

    [Fact]
    public void Logarithms_NeedTheNumbersThemselves() =>
        Assert.False(new Objective { TargetTransform = DGatingTargetTransform.Log }.IsShiftable);

    private static ColumnProfile Label(double mean, double spread)
    {
        var label = new ColumnProfile("y", 0, new ReadingHints { Label = "y" });
        foreach (int sign in (int[])[-1, 1, -1, 1])
        {
            label.Add((mean + sign * spread).ToString(CultureInfo.InvariantCulture));
        }

        return label;
    }
}
