using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Charts;

/// <summary>The values of a feature over the iterations: the norm of its primary weights, and its gate.</summary>
internal sealed record Trajectory(string Name, IReadOnlyList<double> PrimaryNorms, IReadOnlyList<double> Gates);

/// <summary>A chart of the gate γ against the norm ‖ω‖, with a line for each feature.</summary>
/// <remarks>
/// A line begins at a hollow dot, where training began. It follows the diagonal once gate and norm are balanced, and ends at a filled dot,
/// which is at the origin where the feature left.
/// </remarks>
internal sealed record PortraitChart
{
    private const double Side = 440;
    private const double NameGap = 20;

    public required string Title { get; init; }

    public required string Subtitle { get; init; }

    /// <summary>The features, the most important first.</summary>
    public required IReadOnlyList<Trajectory> Trajectories { get; init; }

    public Picture Draw()
    {
        var frame = new ChartFrame(Title, Subtitle, 66, ChartFrame.PictureWidth - 250, Side, 8);
        var across = new Scale(ScaleKind.Linear, 0, 1.04 * Largest(trajectory => trajectory.PrimaryNorms), frame.Left, frame.Right);
        var up = new Scale(ScaleKind.Linear, 0, 1.04 * Largest(trajectory => trajectory.Gates), frame.Bottom, frame.Top);
        frame.AddVerticalAxis(up, "gate γ");
        frame.AddHorizontalAxis(across, "norm of the primary weights ω", grid: false);
        AddDiagonal(frame, across, up);

        foreach (Trajectory trajectory in Trajectories.Skip(Palette.SeriesCount))
        {
            AddTrajectory(frame, across, up, trajectory, new Pen(Palette.Background, 0.8), hasDots: false);
        }

        foreach ((int rank, Trajectory trajectory) in Trajectories.Take(Palette.SeriesCount).Index().Reverse())
        {
            AddTrajectory(frame, across, up, trajectory, Palette.Series(rank), hasDots: true);
        }

        AddNames(frame);
        return frame.Finish();
    }

    private static void AddDiagonal(ChartFrame frame, Scale across, Scale up)
    {
        double reach = Math.Min(across.High, up.High);
        frame.Add(new Line([new(across.At(0), up.At(0)), new(across.At(reach), up.At(reach))], new Pen(Palette.Axis, 1.2, Dash.Dashed))
        {
            Name = "balanced: γ = ‖ω‖",
        });
        var end = new Place(across.At(0.97 * reach), up.At(0.97 * reach) + 18);
        frame.Add(new Label(end, "balanced", Anchor.Start, TextSize.Small, Palette.Quiet));
    }

    private static void AddTrajectory(ChartFrame frame, Scale across, Scale up, Trajectory trajectory, Pen pen, bool hasDots)
    {
        Place[] places =
        [
            .. trajectory.PrimaryNorms.Zip(trajectory.Gates)
                .Where(pair => double.IsFinite(pair.First) && double.IsFinite(pair.Second))
                .Select(pair => new Place(across.At(pair.First), up.At(pair.Second))),
        ];
        if (places.Length == 0)
        {
            places = [new(across.At(0), up.At(0))];
        }

        frame.Add(new Line(Simplification.Of(places, pen.Width / 4), pen) { Name = trajectory.Name });
        if (hasDots)
        {
            frame.Add(new Dot(places[0], 3, Palette.Paper, pen.Colour) { Name = trajectory.Name });
            frame.Add(new Dot(places[^1], 3.5, pen.Colour, Palette.Paper) { Name = trajectory.Name });
        }
    }

    private void AddNames(ChartFrame frame)
    {
        double x = frame.Right + 22, y = frame.Top + 8;
        foreach ((int rank, Trajectory trajectory) in Trajectories.Take(Palette.SeriesCount).Index())
        {
            string fitting = TextSize.Fit(trajectory.Name, ChartFrame.PictureWidth - x - 34, TextSize.Normal);
            frame.Add(new Line([new(x, y), new(x + 20, y)], Palette.Series(rank)));
            frame.Add(new Label(new(x + 26, y + 4), fitting) { Name = trajectory.Name });
            y += NameGap;
        }

        if (Trajectories.Count > Palette.SeriesCount)
        {
            string text = $"and {Trajectories.Count - Palette.SeriesCount} more (grey)";
            frame.Add(new Label(new(x, y + 10), text, Colour: Palette.Quiet));
        }
    }

    private double Largest(Func<Trajectory, IReadOnlyList<double>> values)
    {
        double largest = Trajectories.SelectMany(values).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return largest > 0 ? largest : 1;
    }
}
