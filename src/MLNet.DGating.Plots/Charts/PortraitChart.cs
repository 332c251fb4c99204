using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Charts;

/// <summary>A feature's way through the plane of its primary weights' norm and its gate.</summary>
internal sealed record Trajectory(string Name, IReadOnlyList<double> PrimaryNorms, IReadOnlyList<double> Gates, bool Survives);

/// <summary>
/// Gate against ‖ω‖, a line for each feature: from the hollow dot, where training began, along the diagonal once balanced, to the origin or to a filled dot.
/// </summary>
internal sealed record PortraitChart
{
    private const double Side = 440;
    private const int MostNamed = 14;

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

        (int Rank, Trajectory Way)[] leaving = [.. Trajectories.Index().Where(way => !way.Item.Survives)], staying = [.. Trajectories.Index().Where(way => way.Item.Survives)];
        foreach ((_, Trajectory way) in leaving)
            AddWay(frame, across, up, way, new Pen(Palette.Background, 0.8));
        foreach ((int rank, Trajectory way) in staying.Reverse())
            AddWay(frame, across, up, way, rank < Palette.SeriesCount ? Palette.Series(rank) : new Pen(Palette.Blue, 1));
        AddNames(frame, up, staying, leaving.Length);
        return frame.Finish();
    }

    private static void AddWay(ChartFrame frame, Scale across, Scale up, Trajectory way, Pen pen)
    {
        Place[] places = [.. way.PrimaryNorms.Zip(way.Gates).Where(pair => double.IsFinite(pair.First) && double.IsFinite(pair.Second))
            .Select(pair => new Place(across.At(pair.First), up.At(pair.Second)))];
        if (places.Length == 0)
            places = [new(across.At(0), up.At(0))];
        frame.Add(new Line(Simplification.Of(places, pen.Width / 4), pen) { Name = way.Name });
        if (!way.Survives)
            return;
        frame.Add(new Dot(places[0], 3, Palette.Paper, pen.Colour) { Name = way.Name });
        frame.Add(new Dot(places[^1], 3.5, pen.Colour, Palette.Paper) { Name = way.Name });
    }

    private static void AddNames(ChartFrame frame, Scale up, (int Rank, Trajectory Way)[] staying, int leaving)
    {
        (int Rank, Trajectory Way)[] named = [.. staying.Where(way => way.Rank < Palette.SeriesCount).Take(MostNamed)];
        double[] heights = LabelColumn.Spread([.. named.Select(way => up.At(way.Way.Gates[^1]))], frame.Top + 4, frame.Bottom - 40, 20);
        double x = frame.Right + 22;
        foreach (((int rank, Trajectory way), double y) in named.Zip(heights))
        {
            frame.Add(new Line([new(x, y), new(x + 18, y)], Palette.Series(rank)));
            frame.Add(new Label(new(x + 24, y + 4), TextSize.Fit(way.Name, ChartFrame.PictureWidth - x - 32, TextSize.Normal)) { Name = way.Name });
        }

        string others = (staying.Length - named.Length, leaving) switch
        {
            (0, 0) => "",
            (0, _) => $"{leaving} left (grey)",
            (int more, _) => $"{more} more stay (blue), {leaving} left (grey)",
        };
        frame.Add(new Label(new(x, frame.Bottom - 4), others, Colour: Palette.Quiet));
    }

    private double Largest(Func<Trajectory, IReadOnlyList<double>> values)
    {
        double largest = Trajectories.SelectMany(values).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return largest > 0 ? largest : 1;
    }
}
