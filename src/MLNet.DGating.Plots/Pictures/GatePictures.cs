using MLNet.DGating.Plots.Charts;

namespace MLNet.DGating.Plots.Pictures;

/// <summary>The charts of recorded gates.</summary>
internal static class GatePictures
{
    public static PortraitChart Portrait(GateDynamics dynamics) => new()
    {
        Title = "Gates and primary weights: from dense to sparse",
        Subtitle = "Each line is a feature, from the hollow dot, where training began, over all iterations. Balanced, gate and norm move "
            + "together along the dashed line; what the loss does not hold goes down to the origin.",
        Trajectories = [.. Ranked(dynamics).Select(feature => new Trajectory(
            dynamics.FeatureNames[feature],
            Alive(dynamics.PrimaryNorms(feature), dynamics, feature),
            Alive(dynamics.Gates(feature), dynamics, feature)))],
    };

    public static CurveChart Gates(GateDynamics dynamics)
    {
        int dense = dynamics.Iterations.Count(iteration => iteration.Phase == DGatingPhase.Dense);
        return new CurveChart
        {
            Title = "Gates over the iterations",
            Subtitle = "Each line is a feature's gate, 1 at first. With the path λ begins to grow. Lines end with a dot where the feature "
                + "left; numbers are ranks, 1 for the last to leave.",
            HorizontalTitle = "iteration",
            VerticalTitle = "gate γ",
            HorizontalKind = ScaleKind.Whole,
            X = [.. dynamics.Iterations.Select((_, i) => i + 1.0)],
            Curves = [.. Ranked(dynamics).Select(feature => new Curve(
                dynamics.FeatureNames[feature], [.. dynamics.Gates(feature).Select(gate => (double)gate)]))],
            Markers = dense > 0 && dense < dynamics.Iterations.Count ? [new(dense + 1, "the path begins")] : [],
        };
    }

    // A path ranks the last feature to leave first. Features that left at the same λ, or stay, are ranked by their gates at the end.
    private static IEnumerable<int> Ranked(GateDynamics dynamics) => Enumerable.Range(0, dynamics.FeatureNames.Count)
        .OrderByDescending(feature => dynamics.LambdaOut[feature])
        .ThenByDescending(feature => dynamics.Gates(feature).Count(gate => gate > 0))
        .ThenByDescending(feature => dynamics.Gates(feature)[^1]);

    // A feature that leaves is drawn at the origin once: its later iterations would repeat that.
    private static double[] Alive(IReadOnlyList<float> values, GateDynamics dynamics, int feature)
    {
        int alive = dynamics.Gates(feature).TakeWhile(gate => gate > 0).Count();
        return [.. values.Take(Math.Min(alive + 1, values.Count)).Select(value => (double)value)];
    }
}
