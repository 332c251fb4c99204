using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Charts;

/// <summary>The measure of a count of features, and its standard error; NaN where it is not known.</summary>
internal readonly record struct JudgedCount(int Count, double Value, double StandardError);

/// <summary>A chart of a measure against the count of features, with error bars. The chosen counts are marked.</summary>
internal sealed record CountChart
{
    private const double Height = 300, NarrowHeight = 220;

    public required string Title { get; init; }

    public required string Subtitle { get; init; }

    public required string Measure { get; init; }

    public required IReadOnlyList<JudgedCount> Counts { get; init; }

    public required int Best { get; init; }

    public required int Sparsest { get; init; }

    public ChartLayout Layout { get; init; } = ChartLayout.Alone;

    public Picture Draw()
    {
        var frame = new ChartFrame(
            Title, Subtitle, Layout.IsNarrow ? 68 : 76, Layout.Width - (Layout.IsNarrow ? 12 : 24), Layout.IsNarrow ? NarrowHeight : Height,
            32, Layout);
        JudgedCount[] known = [.. Counts.Where(count => double.IsFinite(count.Value)).OrderByDescending(count => count.Count)];
        int most = Counts.Select(count => count.Count).DefaultIfEmpty(1).Max();
        var across = new Scale(CountAxis.Kind(most), 0, most, frame.Right - 12, frame.Left + 12);
        (double low, double high) = Range(known);
        var up = new Scale(ScaleKind.Linear, low, high, frame.Bottom, frame.Top);
        frame.AddVerticalAxis(up, Measure);
        frame.AddHorizontalAxis(across, CountAxis.Title, grid: false);
        if (known.Length == 0)
        {
            frame.AddNote("No rows were held out: there is nothing to judge the counts by.");
            return frame.Finish();
        }

        Place[] places = [.. known.Select(count => new Place(across.At(count.Count), up.At(count.Value)))];
        foreach ((int i, JudgedCount count) in known.Index())
        {
            AddErrorBar(frame, up, places[i].X, count);
        }

        frame.Add(new Line(places, new Pen(Palette.Blue, 1.8)));
        AddChosen(frame, across);
        foreach ((int i, JudgedCount count) in known.Index())
        {
            frame.Add(Marker(places[i], count));
        }

        return frame.Finish();
    }

    private static void AddErrorBar(ChartFrame frame, Scale up, double x, JudgedCount count)
    {
        if (!double.IsFinite(count.StandardError))
        {
            return;
        }

        var pen = new Pen(Palette.Blue, 1);
        double low = up.At(count.Value - count.StandardError), high = up.At(count.Value + count.StandardError);
        frame.Add(new Line([new(x - 3, low), new(x + 3, low)], pen));
        frame.Add(new Line([new(x - 3, high), new(x + 3, high)], pen));
        frame.Add(new Line([new(x, low), new(x, high)], pen));
    }

    private void AddChosen(ChartFrame frame, Scale across)
    {
        string text = Sparsest == Best ? $"best and sparsest: {Best}" : $"sparsest within one standard error: {Sparsest}";
        frame.AddMarker(across.At(Sparsest), text, 0);
        if (Sparsest != Best)
        {
            frame.AddMarker(across.At(Best), $"best: {Best}", 1);
        }
    }

    private Dot Marker(Place place, JudgedCount count)
    {
        string name = $"{count.Count} features: {NumberText.Short(count.Value)}"
            + (double.IsFinite(count.StandardError) ? $" ± {NumberText.Short(count.StandardError)}" : "");
        bool chosen = count.Count == Sparsest;
        return chosen || count.Count == Best
            ? new Dot(place, 6, chosen ? Palette.Vermillion : Palette.Paper, Palette.Ink, chosen ? DotShape.Diamond : DotShape.Circle)
            {
                Name = name,
            }
            : new Dot(place, 3, Palette.Blue, Palette.Paper) { Name = name };
    }

    private static (double Low, double High) Range(JudgedCount[] known)
    {
        if (known.Length == 0)
        {
            return (0, 1);
        }

        double low = known.Min(count => count.Value - Reach(count)), high = known.Max(count => count.Value + Reach(count));
        double air = 0.06 * Math.Max(high - low, 1e-9 * Math.Abs(high));
        return (low - air, high + air);
    }

    private static double Reach(JudgedCount count) => double.IsFinite(count.StandardError) ? count.StandardError : 0;
}
