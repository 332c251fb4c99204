using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Charts;

/// <summary>The values of a feature, one for each x of the chart.</summary>
/// <remarks>The curve ends before the first value that is not above 0.</remarks>
internal sealed record Curve(string Name, IReadOnlyList<double> Values);

/// <summary>A value of the horizontal axis that is marked, and its meaning.</summary>
internal readonly record struct ChartMarker(double X, string Text);

/// <summary>A chart with a curve for each feature.</summary>
/// <remarks>The first curves have colours and their names beside the chart, as many as fit; the others are thin and grey.</remarks>
internal sealed record CurveChart
{
    private const double WideHeight = 380, NarrowHeight = 240;
    private const int NarrowLabels = 8;
    private const double NamesWidth = 250, NarrowMargin = 12;
    private const double LabelGap = 20;
    private const double RankSize = 10;

    public required string Title { get; init; }

    public required string Subtitle { get; init; }

    public required string HorizontalTitle { get; init; }

    public required string VerticalTitle { get; init; }

    public required ScaleKind HorizontalKind { get; init; }

    /// <summary>Tells whether small values lie to the right.</summary>
    public bool Descending { get; init; }

    public required IReadOnlyList<double> X { get; init; }

    /// <summary>The curves, the most important first.</summary>
    public required IReadOnlyList<Curve> Curves { get; init; }

    public ChartLayout Layout { get; init; } = ChartLayout.Alone;

    /// <summary>The most curves to draw; null for all.</summary>
    public int? MostCurves { get; init; }

    public IReadOnlyList<ChartMarker> Markers { get; init; } = [];

    private double Height => Layout.IsNarrow ? NarrowHeight : WideHeight;

    private int MostLabels => Math.Min(Palette.SeriesCount, Layout.IsNarrow ? NarrowLabels : (int)(Height / LabelGap));

    public Picture Draw()
    {
        double right = Layout.Width - (Layout.IsNarrow ? NarrowMargin : NamesWidth);
        var frame = new ChartFrame(Title, Subtitle, 66, right, Height, 15 * Markers.Count, Layout);
        (double start, double end) = Descending ? (frame.Right, frame.Left) : (frame.Left, frame.Right);
        var across = new Scale(HorizontalKind, X.DefaultIfEmpty(1).Min(), X.DefaultIfEmpty(1).Max(), start, end);
        var up = new Scale(ScaleKind.SquareRoot, 0, 1.04 * Highest(), frame.Bottom, frame.Top);
        frame.AddVerticalAxis(up, VerticalTitle + " (square-root scale)");
        frame.AddHorizontalAxis(across, HorizontalTitle, grid: false);

        Place[][] lines =
            [.. Curves.Select(curve => Alive(curve).Select((value, i) => new Place(across.At(X[i]), up.At(value))).ToArray())];
        int labelled = MostLabels;
        foreach (int i in Enumerable.Range(0, Curves.Count).Take(MostCurves ?? Curves.Count).Skip(labelled))
        {
            AddCurve(frame, Curves[i].Name, lines[i], new Pen(Palette.Background, 0.7));
        }

        foreach ((int row, ChartMarker marker) in Markers.Index())
        {
            frame.AddMarker(across.At(marker.X), marker.Text, row);
        }

        AddLabelled(frame, lines[..Math.Min(labelled, lines.Length)], Markers.Count > 0 ? across.At(Markers[0].X) : null);
        if (lines.All(line => line.Length == 0))
        {
            frame.AddNote("No feature has a value to show.");
        }

        return frame.Finish(Layout.IsNarrow ? (Math.Min(labelled, lines.Length) * LabelGap) + 8 : 0);
    }

    private static IEnumerable<double> Alive(Curve curve) => curve.Values.TakeWhile(value => value > 0);

    private static void AddCurve(ChartFrame frame, string name, Place[] line, Pen pen)
    {
        // A feature without any value still has its name in the file.
        Place[] places = line.Length == 0 ? [new(frame.Left, frame.Bottom)] : line;
        frame.Add(new Line(Simplification.Of(places, tolerance: pen.Width / 3), pen) { Name = name });
    }

    private double Highest() => Curves.SelectMany(Alive).Where(double.IsFinite).DefaultIfEmpty(1).Max();

    private void AddLabelled(ChartFrame frame, Place[][] lines, double? marker)
    {
        // The most important curves are drawn last, over the others.
        for (int i = lines.Length - 1; i >= 0; i--)
        {
            string name = Curves[i].Name;
            Pen pen = Palette.Series(i);
            AddCurve(frame, name, lines[i], pen);
            if (lines[i].Length > 0)
            {
                frame.Add(new Dot(lines[i][^1], 3, pen.Colour, Palette.Paper) { Name = name });
            }

            (double x, double y) = Layout.IsNarrow
                ? (16, frame.Bottom + 58 + (i * LabelGap))
                : (frame.Right + 22, frame.Top + 8 + (i * LabelGap));
            string fitting = TextSize.Fit(name, Layout.Width - x - 56, TextSize.Normal);
            frame.Add(new Line([new(x, y), new(x + 20, y)], pen));
            frame.Add(new Label(new(x + 42, y + 4), $"{i + 1}", Anchor.End));
            frame.Add(new Label(new(x + 48, y + 4), fitting) { Name = name });
        }

        AddRanks(frame, lines, marker ?? (frame.Left + frame.Right) / 2);
    }

    /// <summary>Adds the ranks beside the curves where they pass the marker.</summary>
    /// <remarks>Ranks are a second way, beside colours and dashes, to tell the curves apart.</remarks>
    private static void AddRanks(ChartFrame frame, Place[][] lines, double marker)
    {
        var passing = new List<(int Rank, double Y)>();
        foreach ((int i, Place[] line) in lines.Index())
        {
            if (HeightAt(line, marker) is { } height)
            {
                passing.Add((i + 1, height));
            }
        }

        double[] heights = LabelColumn.Spread([.. passing.Select(line => line.Y)], frame.Top + 6, frame.Bottom - 6, 11);
        foreach (((int rank, _), double y) in passing.Zip(heights))
        {
            frame.Add(new Box(marker + 3, y - 6, 16, 11, Palette.Paper));
            frame.Add(new Label(new(marker + 11, y + 3.5), $"{rank}", Anchor.Middle, RankSize));
        }
    }

    private static double? HeightAt(Place[] line, double x)
    {
        for (int i = 0; i + 1 < line.Length; i++)
        {
            (Place from, Place to) = (line[i], line[i + 1]);
            if (from.X != to.X && (x - from.X) * (x - to.X) <= 0)
            {
                return from.Y + ((x - from.X) / (to.X - from.X) * (to.Y - from.Y));
            }
        }

        return null;
    }
}
