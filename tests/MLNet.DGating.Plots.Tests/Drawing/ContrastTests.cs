using System.Globalization;
using MLNet.DGating.Plots.Drawing;
using MLNet.DGating.Plots.Report;

namespace MLNet.DGating.Plots.Tests.Drawing;

/// <summary>Text has a contrast of 4.5 : 1 with its paper, and marks one of 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11), light and dark.</summary>
public sealed class ContrastTests
{
    private static readonly string[] s_text = [Palette.Ink, Palette.Quiet];

    // Lines of a grid only help the eye; what they say stands at the axis.
    private static readonly string[] s_decoration = [Palette.Paper, Palette.Grid];

    [Fact]
    public void ColoursOfPictures_AreSeen() => Assert.All(Theme.Colours.Where(colour => !s_decoration.Contains(colour.Light)), colour =>
    {
        double least = s_text.Contains(colour.Light) ? 4.5 : 3;
        Assert.True(Contrast(colour.Light, Palette.Paper) >= least, colour.Light);
        Assert.True(Contrast(colour.Dark, Theme.DarkPaper) >= least, colour.Dark);
    });

    [Theory]
    [InlineData("ink", "paper", 4.5)]
    [InlineData("quiet", "paper", 4.5)]
    [InlineData("link", "paper", 4.5)]
    [InlineData("ink", "chosen", 4.5)]
    [InlineData("bar", "paper", 3)]
    [InlineData("minus", "paper", 3)]
    [InlineData("warn", "paper", 3)]
    public void ColoursOfThePage_AreSeen(string front, string back, double least)
    {
        (_, string light, string dark) = PageStyle.Colours.Single(colour => colour.Name == front);
        (_, string lightBack, string darkBack) = PageStyle.Colours.Single(colour => colour.Name == back);
        Assert.True(Contrast(light, lightBack) >= least);
        Assert.True(Contrast(dark, darkBack) >= least);
    }

    [Fact]
    public void EveryColourOfAPen_HasOneOnDarkPaper()
    {
        HashSet<string> known = [.. Theme.Colours.Select(colour => colour.Light)];
        Assert.All(Enumerable.Range(0, Palette.SeriesCount), series => Assert.Contains(Palette.Series(series).Colour, known));
    }

    private static double Contrast(string first, string second)
    {
        double[] both = [Luminance(first), Luminance(second)];
        return (both.Max() + 0.05) / (both.Min() + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int from)
        {
            double value = int.Parse(colour.AsSpan(from, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));
    }
}
