using System.Globalization;
using CsCheck;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Tests.Tables;

/// <summary>Numbers are read as people write them, and words are no numbers.</summary>
public sealed class NumberTextTests
{
    [Theory]
    [InlineData("1234.5", "Plain", 1234.5)]
    [InlineData(" -1e-3 ", "Plain", -0.001)]
    [InlineData("$1,234.00", "Point", 1234)]
    [InlineData("-$5", "Point", -5)]
    [InlineData("(1,234)", "Point", -1234)]
    [InlineData("45%", "Point", 45)]
    [InlineData("USD 12", "Point", 12)]
    [InlineData("1'234'567.5", "Point", 1234567.5)]
    [InlineData("123,60", "Comma", 123.6)]
    [InlineData("1.234,50 €", "Comma", 1234.5)]
    [InlineData("1 234,5", "Comma", 1234.5)]
    [InlineData("1\u00A0234\u00A0567", "Comma", 1234567)]
    [InlineData("\u221212,5 %", "Comma", -12.5)]
    public void ANumber_IsReadInItsStyle(string cell, string style, double number)
    {
        Assert.True(NumberText.TryParse(cell, Enum.Parse<NumberStyle>(style), out double read));
        Assert.Equal(number, read);
    }

    [Theory]
    [InlineData("1,234.00", "Plain")]
    [InlineData("12,34.5", "Point")]
    [InlineData("1,23", "Point")]
    [InlineData("1.5", "Comma")]
    [InlineData("2024-01-01", "Point")]
    [InlineData("12 a", "Point")]
    [InlineData("$", "Point")]
    [InlineData("", "Comma")]
    [InlineData("inf", "Plain")]
    [InlineData("1e999", "Plain")]
    [InlineData("192.168.0.1", "Comma")]
    public void OtherText_IsNoNumber(string cell, string style) =>
        Assert.False(NumberText.TryParse(cell, Enum.Parse<NumberStyle>(style), out _));

    [Fact]
    public void NumbersWithThousands_AreThoseWritten() => Gen.Double[-1e9, 1e9].Sample(number =>
    {
        double rounded = Math.Round(number, 2);
        string point = rounded.ToString("n2", CultureInfo.InvariantCulture);
        string comma = string.Concat(point.Select(mark => mark switch { ',' => '.', '.' => ',', _ => mark }));
        Assert.True(NumberText.TryParse(point, NumberStyle.Point, out double withPoint));
        Assert.True(NumberText.TryParse(comma, NumberStyle.Comma, out double withComma));
        Assert.Equal(rounded, withPoint, 1e-6);
        Assert.Equal(rounded, withComma, 1e-6);
    });
}
