using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Charts;

/// <summary>How the points of a series are drawn.</summary>
internal enum SeriesKind
{
    Line,
    Dots,

    /// <summary>A bar from 0 to each point, as wide as the points are apart.</summary>
    Columns,
}

/// <summary>A series of points.</summary>
internal sealed record PanelSeries(string Name, IReadOnlyList<(double X, double Y)> Points, SeriesKind Kind = SeriesKind.Line);

/// <summary>A small chart of x and y, one of several side by side.</summary>
internal sealed record PanelChart
{
    private const double Height = 230, Left = 78, Margin = 14, LegendGap = 18, LegendLine = 22;

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required string HorizontalTitle { get; init; }

    public required string VerticalTitle { get; init; }

    public required IReadOnlyList<PanelSeries> Series { get; init; }

    /// <summary>The ends of the axes; null: those of the points.</summary>
    public (double Low, double High)? Horizontal { get; init; }

    public (double Low, double High)? Vertical { get; init; }

    /// <summary>Whether the line x = y is drawn, and its meaning.</summary>
    public string? Diagonal { get; init; }

    /// <summary>Whether the points of lines have dots.</summary>
    public bool HasDots { get; init; }

    /// <summary>Whether the line y = 0 is drawn.</summary>
    public bool HasZero { get; init; }

    public Picture Draw()
    {
        var frame = new ChartFrame(Title, Description, Left, ChartLayout.Narrow.Width - Margin, Height, 0, ChartLayout.Narrow);
        (double X, double Y)[] all = [.. Series.SelectMany(series => series.Points).Where(IsFinite)];
        bool hasColumns = Series.Any(series => series.Kind == SeriesKind.Columns);
        (double lowX, double highX) = Horizontal ?? Range([.. all.Select(point => point.X)], air: hasColumns ? 0.04 : 0.02);
        double[] heights = [.. all.Select(point => point.Y), .. hasColumns || HasZero ? [0.0] : Array.Empty<double>()];
        (double lowY, double highY) = Vertical ?? Range(heights, air: 0.05);
        if (hasColumns)
        {
            lowY = 0;
        }

        var across = new Scale(ScaleKind.Linear, lowX, highX, frame.Left, frame.Right);
        var up = new Scale(ScaleKind.Linear, lowY, highY, frame.Bottom, frame.Top);
        frame.AddVerticalAxis(up, VerticalTitle);
        frame.AddHorizontalAxis(across, HorizontalTitle, grid: false, spacing: 58);
        if (all.Length == 0)
        {
            frame.AddNote("Nothing to show.");
            return frame.Finish();
        }

        if (Diagonal is { } meaning)
        {
            double low = Math.Max(lowX, lowY), high = Math.Min(highX, highY);
            frame.Add(Reference(new(across.At(low), up.At(low)), new(across.At(high), up.At(high)), meaning));
        }

        if (HasZero)
        {
            frame.Add(Reference(new(frame.Left, up.At(0)), new(frame.Right, up.At(0)), "0"));
        }

        foreach ((int i, PanelSeries series) in Series.Index())
        {
            Add(frame, across, up, series, Palette.Series(i));
        }

        return frame.Finish(AddLegend(frame));
    }

    private static bool IsFinite((double X, double Y) point) => double.IsFinite(point.X) && double.IsFinite(point.Y);

    private static Line Reference(Place from, Place to, string meaning) =>
        new([from, to], new Pen(Palette.Quiet, 1.2, Dash.Dashed)) { Name = meaning };

    private static (double Low, double High) Range(double[] values, double air)
    {
        if (values.Length == 0)
        {
            return (0, 1);
        }

        double low = values.Min(), high = values.Max(), reach = high > low ? high - low : Math.Max(Math.Abs(high), 1) * 0.1;
        return (low - (air * reach), high + (air * reach));
    }

    private void Add(ChartFrame frame, Scale across, Scale up, PanelSeries series, Pen pen)
    {
        Place[] places = [.. series.Points.Where(IsFinite).Select(point => new Place(across.At(point.X), up.At(point.Y)))];
        switch (series.Kind)
        {
            case SeriesKind.Dots:
                foreach (Place place in places)
                {
                    frame.Add(new Dot(place, 2, pen.Colour, Palette.Paper));
                }

                break;
            case SeriesKind.Columns:
                double width = places.Length > 1 ? 0.9 * (places[1].X - places[0].X) : 20;
                foreach ((Place place, (double X, double Y) point) in places.Zip(series.Points))
                {
                    frame.Add(new Box(place.X - (width / 2), place.Y, width, frame.Bottom - place.Y, pen.Colour)
                    {
                        Name = $"{NumberText.Short(point.X)}: {NumberText.Short(point.Y)}",
                    });
                }

                break;
            default:
                frame.Add(new Line(Simplification.Of(places, 0.4), pen) { Name = series.Name });
                foreach (Place place in HasDots ? places : [])
                {
                    frame.Add(new Dot(place, 3, pen.Colour, Palette.Paper));
                }

                break;
        }
    }

    private double AddLegend(ChartFrame frame)
    {
        if (Series.Count < 2)
        {
            return 0;
        }

        // Short names stand side by side.
        double widest = Series.Max(series => TextSize.Width(series.Name, TextSize.Normal)) + LegendLine + 28;
        int columns = Math.Clamp((int)((frame.Right - Left) / widest), 1, Series.Count);
        double room = (frame.Right - Left) / columns;
        foreach ((int i, PanelSeries series) in Series.Index())
        {
            (double x, double y) = (Left + (i % columns * room), frame.Bottom + 58 + (i / columns * LegendGap));
            frame.Add(new Line([new(x, y), new(x + LegendLine, y)], Palette.Series(i)));
            string fitting = TextSize.Fit(series.Name, room - LegendLine - 12, TextSize.Normal);
            frame.Add(new Label(new(x + LegendLine + 8, y + 4), fitting) { Name = series.Name });
        }

        return ((Series.Count + columns - 1) / columns * LegendGap) + 10;
    }
}
