using MLNet.DGating.Plots.Charts;
using MLNet.DGating.Plots.Drawing;
using Axis = MLNet.DGating.Plots.Charts.Scale;

namespace MLNet.DGating.Benchmarks;

/// <summary>A place of a curve: an estimate, with the standard error as a bar.</summary>
internal readonly record struct StudyPoint(double X, Estimate Value);

/// <summary>A chart of estimates with error bars, a curve for each method.</summary>
internal sealed record StudyChart(string Title, string Subtitle, string HorizontalTitle, string VerticalTitle, ScaleKind Kind)
{
    private const double Height = 300, LabelGap = 17, Legend = 256, ErrorEnd = 3;

    // Curves that coincide are drawn beside one another.
    private const double Shift = 2;

    public required IReadOnlyList<(string Name, StudyPoint[] Points)> Curves { get; init; }

    public Picture Draw()
    {
        var frame = new ChartFrame(Title, Subtitle, 66, ChartFrame.PictureWidth - Legend, Height, 4);
        StudyPoint[] all = [.. Curves.SelectMany(curve => curve.Points)];
        var across = new Axis(Kind, all.Min(point => point.X), all.Max(point => point.X), frame.Left + 14, frame.Right - 14);
        var up = new Axis(ScaleKind.Linear, 0, 1.05 * all.Max(point => point.Value.Mean), frame.Bottom, frame.Top);
        frame.AddVerticalAxis(up, VerticalTitle);
        frame.AddHorizontalAxis(across, HorizontalTitle, grid: false);
        double[] heights = LabelColumn.Spread(
            [.. Curves.Select(curve => up.At(curve.Points[^1].Value.Mean))], frame.Top + 6, frame.Bottom - 6, LabelGap);
        foreach ((int i, (string name, StudyPoint[] points)) in Curves.Index().Reverse())
        {
            double shift = Shift * (i - (Curves.Count - 1) / 2.0);
            AddCurve(frame, name, Palette.Series(i), [.. points.Select(point => Bar(point, across.At(point.X) + shift, up))]);
            frame.Add(new Line([new(frame.Right + 8, heights[i]), new(frame.Right + 26, heights[i])], Palette.Series(i)));
            frame.Add(new Label(new(frame.Right + 32, heights[i] + 4), name, Size: TextSize.Small));
        }

        return frame.Finish();
    }

    private static (Place Mean, Place Low, Place High, string Text) Bar(StudyPoint point, double x, Axis up)
    {
        double error = double.IsFinite(point.Value.Error) ? point.Value.Error : 0;
        return (new(x, up.At(point.Value.Mean)), new(x, up.At(Math.Max(0, point.Value.Mean - error))),
            new(x, up.At(Math.Min(up.High, point.Value.Mean + error))), $"at {point.X}: {point.Value}");
    }

    private static void AddCurve(ChartFrame frame, string name, Pen pen, (Place Mean, Place Low, Place High, string Text)[] bars)
    {
        frame.Add(new Line([.. bars.Select(bar => bar.Mean)], pen) { Name = name });
        Pen thin = pen with { Width = 1, Dash = Dash.Solid };
        foreach ((Place mean, Place low, Place high, string text) in bars)
        {
            frame.Add(new Line([low, high], thin));
            frame.Add(new Line([low with { X = low.X - ErrorEnd }, low with { X = low.X + ErrorEnd }], thin));
            frame.Add(new Line([high with { X = high.X - ErrorEnd }, high with { X = high.X + ErrorEnd }], thin));
            frame.Add(new Dot(mean, 3, pen.Colour, Palette.Paper) { Name = $"{name}, {text}" });
        }
    }
}
