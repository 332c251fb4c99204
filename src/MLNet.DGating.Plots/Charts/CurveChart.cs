using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Charts;

/// <summary>A feature's values, one for each x of the chart; it ends before the first that is not above 0.</summary>
internal sealed record Curve(string Name, IReadOnlyList<double> Values);

/// <summary>A value of the horizontal axis that is pointed at.</summary>
internal readonly record struct ChartMarker(double X, string Text);

/// <summary>
/// A curve for each feature. The first ones have colours and their names beside the chart, as many as fit; the others are thin and grey.
/// </summary>
internal sealed record CurveChart
{
    private const double Height = 380;
    private const double LabelGap = 20;

    public required string Title { get; init; }

    public required string Subtitle { get; init; }

    public required string HorizontalTitle { get; init; }

    public required string VerticalTitle { get; init; }

    public required ScaleKind HorizontalKind { get; init; }

    /// <summary>Whether small values lie to the right.</summary>
    public bool Descending { get; init; }

    public required IReadOnlyList<double> X { get; init; }

    /// <summary>The most important first.</summary>
    public required IReadOnlyList<Curve> Curves { get; init; }

    public IReadOnlyList<ChartMarker> Markers { get; init; } = [];

    public Picture Draw()
    {
        var frame = new ChartFrame(Title, Subtitle, 66, ChartFrame.PictureWidth - 250, Height, 15 * Markers.Count);
        (double start, double end) = Descending ? (frame.Right, frame.Left) : (frame.Left, frame.Right);
        var across = new Scale(HorizontalKind, X.DefaultIfEmpty(1).Min(), X.DefaultIfEmpty(1).Max(), start, end);
        var up = new Scale(ScaleKind.Linear, 0, 1.04 * Highest(), frame.Bottom, frame.Top);
        frame.AddVerticalAxis(up, VerticalTitle);
        frame.AddHorizontalAxis(across, HorizontalTitle, grid: false);

        Place[][] lines = [.. Curves.Select(curve => Alive(curve).Select((value, i) => new Place(across.At(X[i]), up.At(value))).ToArray())];
        int labelled = Math.Min(Palette.SeriesCount, (int)(Height / LabelGap));
        foreach (int i in Enumerable.Range(0, Curves.Count).Skip(labelled))
            AddCurve(frame, Curves[i].Name, lines[i], new Pen(Palette.Background, 0.7));
        for (int i = 0; i < Markers.Count; i++)
            frame.AddMarker(across.At(Markers[i].X), Markers[i].Text, i);
        AddLabelled(frame, lines[..Math.Min(labelled, lines.Length)]);
        if (lines.All(line => line.Length == 0))
            frame.AddNote("No feature has a value to show.");
        return frame.Finish();
    }

    private static IEnumerable<double> Alive(Curve curve) => curve.Values.TakeWhile(value => value > 0);

    private static void AddCurve(ChartFrame frame, string name, Place[] line, Pen pen)
    {
        // A name that nothing is drawn for still has its place in the file.
        Place[] places = line.Length == 0 ? [new(frame.Left, frame.Bottom)] : line;
        frame.Add(new Line(Simplification.Of(places, tolerance: pen.Width / 3), pen) { Name = name });
    }

    private double Highest() => Curves.SelectMany(Alive).Where(double.IsFinite).DefaultIfEmpty(1).Max();

    private void AddLabelled(ChartFrame frame, Place[][] lines)
    {
        double[] heights = LabelColumn.Spread(
            [.. lines.Select(line => line.Length > 0 ? line[^1].Y : frame.Bottom)], frame.Top + 4, frame.Bottom - 4, LabelGap);

        // The most important are drawn last, over the others.
        for (int i = lines.Length - 1; i >= 0; i--)
        {
            Pen pen = Palette.Series(i);
            AddCurve(frame, Curves[i].Name, lines[i], pen);
            double x = frame.Right + 22;
            if (lines[i].Length > 0)
            {
                Place last = lines[i][^1];
                frame.Add(new Line([last, new(frame.Right + 4, last.Y), new(x - 4, heights[i])], new Pen(pen.Colour, 0.7, Dash.Dotted)));
                frame.Add(new Dot(last, 3, pen.Colour, Palette.Paper) { Name = Curves[i].Name });
            }

            frame.Add(new Line([new(x, heights[i]), new(x + 18, heights[i])], pen));
            double room = ChartFrame.PictureWidth - x - 32;
            frame.Add(new Label(new(x + 24, heights[i] + 4), TextSize.Fit(Curves[i].Name, room, TextSize.Normal)) { Name = Curves[i].Name });
        }
    }
}
