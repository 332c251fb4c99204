using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Charts;

/// <summary>A chart of quality against cost, with a line for each method.</summary>
internal sealed record TradeOffChart
{
    private const double Height = 340;
    private const double LabelGap = 20;

    public required string Title { get; init; }

    public required string Subtitle { get; init; }

    public required string HorizontalTitle { get; init; }

    public required string VerticalTitle { get; init; }

    public required ScaleKind HorizontalKind { get; init; }

    public required IReadOnlyList<TradeOffSeries> Series { get; init; }

    public Picture Draw()
    {
        var frame = new ChartFrame(Title, Subtitle, 76, ChartFrame.PictureWidth - 230, Height, 8);
        (double Cost, double Quality)[] all = [.. Series.SelectMany(Known)];
        (double left, double right) = all.Length == 0 ? (1, 2) : (all.Min(point => point.Cost), all.Max(point => point.Cost));
        (double low, double high) = all.Length == 0 ? (0, 1) : (all.Min(point => point.Quality), all.Max(point => point.Quality));
        double air = 0.05 * Math.Max(high - low, 1e-9);
        var across = new Scale(HorizontalKind, left, right, frame.Left + 12, frame.Right - 12);
        var up = new Scale(ScaleKind.Linear, low - air, high + air, frame.Bottom, frame.Top);
        frame.AddVerticalAxis(up, VerticalTitle);
        frame.AddHorizontalAxis(across, HorizontalTitle, grid: false);
        if (all.Length == 0)
        {
            frame.AddNote("There is no result to show.");
        }

        foreach ((int i, TradeOffSeries series) in Series.Index().Take(Palette.SeriesCount))
        {
            Add(frame, across, up, i, series);
        }

        return frame.Finish();
    }

    private static void Add(ChartFrame frame, Scale across, Scale up, int number, TradeOffSeries series)
    {
        Pen pen = Palette.Series(number);
        (double Cost, double Quality)[] points = [.. Known(series).OrderBy(point => point.Cost)];
        Place[] places = [.. points.Select(point => new Place(across.At(point.Cost), up.At(point.Quality)))];
        DotShape shape = number % 2 == 0 ? DotShape.Circle : DotShape.Diamond;
        frame.Add(new Line(places, pen) { Name = series.Name });
        foreach ((int i, Place place) in places.Index())
        {
            string name = $"{series.Name}: {NumberText.Short(points[i].Quality)} at {NumberText.Short(points[i].Cost)}";
            frame.Add(new Dot(place, 4, pen.Colour, Palette.Paper, shape) { Name = name });
        }

        double x = frame.Right + 22, y = frame.Top + 8 + (number * LabelGap);
        frame.Add(new Line([new(x, y), new(x + 26, y)], pen));
        frame.Add(new Dot(new(x + 13, y), 4, pen.Colour, Palette.Paper, shape));
        frame.Add(new Label(new(x + 34, y + 4), TextSize.Fit(series.Name, ChartFrame.PictureWidth - x - 40, TextSize.Normal)));
    }

    private static IEnumerable<(double Cost, double Quality)> Known(TradeOffSeries series) =>
        series.Points.Where(point => double.IsFinite(point.Cost) && double.IsFinite(point.Quality));
}
