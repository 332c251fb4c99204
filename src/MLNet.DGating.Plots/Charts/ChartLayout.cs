namespace MLNet.DGating.Plots.Charts;

/// <summary>How wide a chart is drawn, and whether its heading is a part of it.</summary>
/// <param name="Width">The width in pixels of its nominal size.</param>
/// <param name="HasTitles">Whether heading and explanation are drawn; else the page around has them.</param>
internal sealed record ChartLayout(double Width, bool HasTitles)
{
    private const double NarrowWidth = 400;

    /// <summary>A picture that stands alone.</summary>
    public static ChartLayout Alone { get; } = new(ChartFrame.PictureWidth, HasTitles: true);

    /// <summary>A chart as wide as a page of a report.</summary>
    public static ChartLayout Wide { get; } = new(ChartFrame.PictureWidth, HasTitles: false);

    /// <summary>A chart that a telephone shows, or one of several side by side.</summary>
    public static ChartLayout Narrow { get; } = new(NarrowWidth, HasTitles: false);

    public bool IsNarrow => Width <= NarrowWidth;
}
