using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Tests.Drawing;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.012345, "0.0123")]
    [InlineData(999.4, "999")]
    [InlineData(999.6, "1,000")]
    [InlineData(-12345.6, "-12,346")]
    [InlineData(1.45e8, "1.45e8")]
    [InlineData(0.0000123, "1.23e-5")]
    [InlineData(double.NaN, "NaN")]
    public void Values_HaveThreeDigits_AndOneFormOfExponent(double value, string expected) =>
        Assert.Equal(expected, NumberText.Value(value));
}
