using MLNet.DGating.Plots.Charts;
using MLNet.DGating.Plots.Drawing;
using Axis = MLNet.DGating.Plots.Charts.Scale;

namespace MLNet.DGating.Benchmarks;

/// <summary>A chart of the false selections of stability selection in each cell, beside their bound.</summary>
internal static class BoundChart
{
    private const double RowHeight = 20, Left = 220;

    public static Picture Draw(IReadOnlyList<(string Name, Estimate False, double Bound)> cells)
    {
        var frame = new ChartFrame(
            "Stability selection: false selections and their bound",
            "Dots are means over repetitions with two standard errors; the diamond is the bound that the method states.",
            Left, ChartFrame.PictureWidth - 24, RowHeight * cells.Count, 4);
        double most = cells.Max(cell => Math.Max(cell.Bound, High(cell.False)));
        var across = new Axis(ScaleKind.Linear, 0, 1.05 * most, frame.Left, frame.Right);
        frame.AddHorizontalAxis(across, "false selections", grid: true);
        foreach ((int i, (string name, Estimate estimate, double bound)) in cells.Index())
        {
            double y = frame.Top + RowHeight * (i + 0.5);
            frame.Add(new Label(new(frame.Left - 8, y + 4), name, Anchor.End, TextSize.Small));
            double low = across.At(Math.Max(0, 2 * estimate.Mean - High(estimate)));
            frame.Add(new Line([new(low, y), new(across.At(High(estimate)), y)], new Pen(Palette.Blue, 1.2)));
            frame.Add(new Dot(new(across.At(estimate.Mean), y), 4, Palette.Blue, Palette.Paper) { Name = $"{name}: {estimate}" });
            frame.Add(new Dot(new(across.At(bound), y), 5, Palette.Vermillion, Palette.Ink, DotShape.Diamond)
            {
                Name = $"{name}: at most {bound:f2}",
            });
        }

        return frame.Finish();
    }

    private static double High(Estimate estimate) => estimate.Mean + (double.IsFinite(estimate.Error) ? 2 * estimate.Error : 0);
}
