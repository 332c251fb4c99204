using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Charts;

/// <summary>A feature's way through the plane of its primary weights' norm and its gate.</summary>
internal sealed record Trajectory(string Name, IReadOnlyList<double> PrimaryNorms, IReadOnlyList<double> Gates);

/// <summary>
/// Gate against ‖ω‖, a line for each feature: from the hollow dot, where training began, along the diagonal once balanced, to a filled dot: at the origin where the feature left.
/// </summary>
internal sealed record PortraitChart
{
    private const double Side = 440;
    private const double NameGap = 20;

    public required string Title { get; init; }

    public required string Subtitle { get; init; }

    /// <summary>The most important first.</summary>
    public required IReadOnlyList<Trajectory> Trajectories { get; init; }

    public Picture Draw()
    {
        var frame = new ChartFrame(Title, Subtitle, 66, ChartFrame.PictureWidth - 250, Side, 8);
        var across = new Scale(ScaleKind.Linear, 0, 1.04 * Largest(trajectory => trajectory.PrimaryNorms), frame.Left, frame.Right);
        var up = new Scale(ScaleKind.Linear, 0, 1.04 * Largest(trajectory => trajectory.Gates), frame.Bottom, frame.Top);
        frame.AddVerticalAxis(up, "gate γ");
        frame.AddHorizontalAxis(across, "norm of the primary weights ω", grid: false);

        double reach = Math.Min(across.High, up.High);
        frame.Add(new Line([new(across.At(0), up.At(0)), new(across.At(reach), up.At(reach))], new Pen(Palette.Axis, 1.2, Dash.Dashed)) { Name = "balanced: γ = ‖ω‖" });
        frame.Add(new Label(new(across.At(0.97 * reach), up.At(0.97 * reach) + 18), "balanced", Anchor.Start, TextSize.Small, Palette.Quiet));

        foreach (Trajectory way in Trajectories.Skip(Palette.SeriesCount))
            AddWay(frame, across, up, way, new Pen(Palette.Background, 0.8), singledOut: false);
        foreach ((int rank, Trajectory way) in Trajectories.Take(Palette.SeriesCount).Index().Reverse())
            AddWay(frame, across, up, way, Palette.Series(rank), singledOut: true);
        AddNames(frame);
        return frame.Finish();
    }

    private static void AddWay(ChartFrame frame, Scale across, Scale up, Trajectory way, Pen pen, bool singledOut)
    {
        Place[] places = [.. way.PrimaryNorms.Zip(way.Gates).Where(pair => double.IsFinite(pair.First) && double.IsFinite(pair.Second))
            .Select(pair => new Place(across.At(pair.First), up.At(pair.Second)))];
        if (places.Length == 0)
            places = [new(across.At(0), up.At(0))];
        frame.Add(new Line(Simplification.Of(places, pen.Width / 4), pen) { Name = way.Name });
        if (!singledOut)
            return;
        frame.Add(new Dot(places[0], 3, Palette.Paper, pen.Colour) { Name = way.Name });
        frame.Add(new Dot(places[^1], 3.5, pen.Colour, Palette.Paper) { Name = way.Name });
    }

    private void AddNames(ChartFrame frame)
    {
        double x = frame.Right + 22, y = frame.Top + 8;
        foreach ((int rank, Trajectory way) in Trajectories.Take(Palette.SeriesCount).Index())
        {
            frame.Add(new Line([new(x, y), new(x + 20, y)], Palette.Series(rank)));
            frame.Add(new Label(new(x + 26, y + 4), TextSize.Fit(way.Name, ChartFrame.PictureWidth - x - 34, TextSize.Normal)) { Name = way.Name });
            y += NameGap;
        }

        if (Trajectories.Count > Palette.SeriesCount)
            frame.Add(new Label(new(x, y + 10), $"and {Trajectories.Count - Palette.SeriesCount} more (grey)", Colour: Palette.Quiet));
    }

    private double Largest(Func<Trajectory, IReadOnlyList<double>> values)
    {
        double largest = Trajectories.SelectMany(values).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return largest > 0 ? largest : 1;
    }
}
