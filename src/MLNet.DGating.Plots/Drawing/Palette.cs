namespace MLNet.DGating.Plots.Drawing;

/// <summary>Colours that stay apart under any colour blindness (Okabe and Ito 2008), less the yellow that white paper swallows.</summary>
internal static class Palette
{
    public const string Paper = "#FFFFFF";
    public const string Ink = "#222222";
    public const string Quiet = "#5A5A5A";
    public const string Axis = "#8A8A8A";
    public const string Grid = "#E8E8E8";
    public const string Background = "#BDBDBD"; // features that are not singled out
    public const string Blue = "#0072B2";
    public const string Vermillion = "#D55E00";

    private static readonly string[] s_series = [Blue, Vermillion, "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];

    /// <summary>How many pens <see cref="Series"/> tells apart.</summary>
    public static int SeriesCount => 2 * s_series.Length;

    /// <summary>The pen of a series that is singled out: after all colours have been used, they come again dashed.</summary>
    public static Pen Series(int number) => new(s_series[number % s_series.Length], 2, number < s_series.Length ? Dash.Solid : Dash.Dashed);
}
