namespace MLNet.DGating.Plots.Drawing;

/// <summary>The colours of pictures.</summary>
/// <remarks>
/// Those of series stay apart under any colour blindness (Okabe and Ito 2008). Their yellow is left out: on white paper it is hard to see.
/// </remarks>
internal static class Palette
{
    public const string Paper = "#FFFFFF";
    public const string Ink = "#222222";
    public const string Quiet = "#5A5A5A";
    public const string Axis = "#8A8A8A";
    public const string Grid = "#E8E8E8";
    public const string Background = "#BDBDBD"; // features without a colour of their own have this one
    public const string Blue = "#0072B2";
    public const string Vermillion = "#D55E00";

    private static readonly string[] s_series = [Blue, Vermillion, "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];

    /// <summary>The number of different pens that <see cref="Series"/> has.</summary>
    public static int SeriesCount => 2 * s_series.Length;

    /// <summary>Returns the pen of a series. After all colours have been used, they come again dashed.</summary>
    public static Pen Series(int number) =>
        new(s_series[number % s_series.Length], 2, number < s_series.Length ? Dash.Solid : Dash.Dashed);
}
