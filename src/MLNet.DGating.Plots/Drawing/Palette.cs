namespace MLNet.DGating.Plots.Drawing;

/// <summary>The colours of pictures.</summary>
/// <remarks>
/// Those of series are the ones of Okabe and Ito (2008), which stay apart under any colour blindness, darkened until each has a contrast of
/// 3 : 1 with white paper (WCAG 2.2, 1.4.11). Their yellow is left out. <see cref="Theme"/> has what they become on dark paper.
/// </remarks>
internal static class Palette
{
    public const string Paper = "#FFFFFF";
    public const string Ink = "#222222";
    public const string Quiet = "#5A5A5A";
    public const string Axis = "#8A8A8A";
    public const string Grid = "#E8E8E8";
    public const string Background = "#919191"; // features without a colour of their own have this one
    public const string Blue = "#0072B2";
    public const string Vermillion = "#D55E00";
    public const string Green = "#00875F";
    public const string Purple = "#B4588D";
    public const string Orange = "#A87800";
    public const string Sky = "#2F8FC6";
    public const string Black = "#000000";

    private static readonly string[] s_series = [Blue, Vermillion, Green, Purple, Orange, Sky, Black];

    /// <summary>The number of different pens that <see cref="Series"/> has.</summary>
    public static int SeriesCount => 2 * s_series.Length;

    /// <summary>Returns the pen of a series. After all colours have been used, they come again dashed.</summary>
    public static Pen Series(int number) =>
        new(s_series[number % s_series.Length], 2, number / s_series.Length % 2 == 0 ? Dash.Solid : Dash.Dashed);
}
