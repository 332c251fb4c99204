using System.Text;

namespace MLNet.DGating.Plots.Drawing;

/// <summary>The colours of pictures on dark paper, as a style sheet for the SVG inside a page.</summary>
internal static class Theme
{
    public const string DarkPaper = "#15181C";

    /// <summary>Each colour of the palette, and what it is on dark paper.</summary>
    public static IReadOnlyList<(string Light, string Dark)> Colours { get; } =
    [
        (Palette.Paper, DarkPaper), (Palette.Ink, "#E8EAED"), (Palette.Quiet, "#B4BAC1"), (Palette.Axis, "#858C94"),
        (Palette.Grid, "#2B3036"), (Palette.Background, "#6F767E"), (Palette.Blue, "#5DB2EE"), (Palette.Vermillion, "#FF8B4D"),
        (Palette.Green, "#3CCB9B"), (Palette.Purple, "#E48FC2"), (Palette.Orange, "#E0B040"), (Palette.Sky, "#9AD4F5"),
        (Palette.Black, "#FFFFFF"),
    ];

    /// <summary>Returns the rules that give every colour of a picture its dark one.</summary>
    public static string DarkRules()
    {
        var rules = new StringBuilder();
        foreach ((string light, string dark) in Colours)
        {
            foreach (string property in (string[])["fill", "stroke"])
            {
                rules.Append("figure svg [").Append(property).Append("=\"").Append(light).Append("\"] { ").Append(property).Append(": ")
                    .Append(dark).Append("; }\n");
            }
        }

        return rules.ToString();
    }
}
