using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Charts;

/// <summary>The bar of a feature.</summary>
internal sealed record Bar(string Name, double Value, bool IsSelected);

/// <summary>A bar chart of features, the largest first.</summary>
/// <remarks>The first 10 to 30 bars have names and numbers; the others are thin and stand below them.</remarks>
internal sealed record BarChart
{
    private const int FewestNamed = 10;
    private const int MostNamed = 30;
    private const double RowHeight = 20;
    private const double TailHeight = 200;
    private const double NameWidth = 270;

    public required string Title { get; init; }

    public required string Subtitle { get; init; }

    public required string ValueTitle { get; init; }

    /// <summary>The bars, in any order.</summary>
    public required IReadOnlyList<Bar> Bars { get; init; }

    /// <summary>The end of the axis; null: the largest value.</summary>
    public double? Maximum { get; init; }

    public ChartMarker? Threshold { get; init; }

    public Picture Draw()
    {
        Bar[] sorted =
        [
            .. Bars.OrderByDescending(bar => double.IsNaN(bar.Value) ? double.NegativeInfinity : bar.Value)
                .ThenByDescending(bar => bar.IsSelected),
        ];
        int count = Math.Clamp(sorted.Count(bar => bar.Value > 0), FewestNamed, MostNamed);
        Bar[] named = [.. sorted.Take(count)], tail = sorted[named.Length..];
        double thin = tail.Length == 0 ? 0 : Math.Min(6, (tail[0].Value > 0 ? TailHeight : RowHeight) / tail.Length);
        double tailTop = (named.Length * RowHeight) + (tail.Length > 0 ? 24 : 0);
        double height = Math.Max(tailTop + (thin * tail.Length), RowHeight);
        var frame = new ChartFrame(
            Title, Subtitle, 16 + NameWidth, ChartFrame.PictureWidth - 70, height, headroom: Threshold is null ? 0 : 16);
        double largest = sorted.Select(bar => bar.Value).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        var across = new Scale(ScaleKind.Linear, 0, Maximum ?? (largest > 0 ? largest : 1), frame.Left, frame.Right);
        frame.AddHorizontalAxis(across, ValueTitle, grid: true, spacing: 70);
        for (int i = 0; i < named.Length; i++)
        {
            AddNamed(frame, across, named[i], frame.Top + (i * RowHeight));
        }

        AddTail(frame, across, tail, frame.Top + tailTop, thin);
        if (Threshold is { } threshold)
        {
            frame.AddMarker(across.At(threshold.X), threshold.Text, 0);
        }

        if (sorted.Length == 0)
        {
            frame.AddNote("There are no features.");
        }

        return frame.Finish();
    }

    private static string Colour(Bar bar) => bar.IsSelected ? Palette.Blue : Palette.Background;

    private static double Length(Scale across, Bar bar) =>
        double.IsFinite(bar.Value) ? Math.Max(across.At(bar.Value) - across.At(0), 0) : 0;

    private static string Described(Bar bar) => $"{bar.Name}: {NumberText.Value(bar.Value)}{(bar.IsSelected ? "" : ", not selected")}";

    private static void AddNamed(ChartFrame frame, Scale across, Bar bar, double y)
    {
        double length = Length(across, bar);
        string colour = bar.IsSelected ? Palette.Ink : Palette.Quiet;
        string name = TextSize.Fit(bar.Name, NameWidth - 14, TextSize.Normal);
        frame.Add(new Label(new(frame.Left - 8, y + 14), name, Anchor.End, Colour: colour) { Name = bar.Name });
        frame.Add(new Box(frame.Left, y + 3, length, RowHeight - 6, Colour(bar)) { Name = Described(bar) });
        frame.Add(new Label(new(frame.Left + length + 6, y + 14), NumberText.Value(bar.Value), Size: TextSize.Small, Colour: colour));
    }

    private static void AddTail(ChartFrame frame, Scale across, Bar[] tail, double y, double thin)
    {
        if (tail.Length == 0)
        {
            return;
        }

        string text = $"and {tail.Length} more" + (tail[0].Value > 0 ? "" : ", all 0");
        frame.Add(new Label(new(frame.Left - 8, y + 6), text, Anchor.End, Colour: Palette.Quiet));
        foreach (Bar bar in tail)
        {
            // A bar without a length gets an invisible box, so that its name still shows as a tooltip.
            double length = Length(across, bar);
            frame.Add(length > 0
                ? new Box(frame.Left, y, length, 0.8 * thin, Colour(bar)) { Name = Described(bar) }
                : new Box(frame.Left, y, frame.Right - frame.Left, thin, Fill: null) { Name = Described(bar) });
            y += thin;
        }
    }
}
