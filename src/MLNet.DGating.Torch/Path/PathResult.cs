namespace MLNet.DGating.Torch;

/// <summary>One followed path.</summary>
/// <param name="Points">One for every count at which the path arrived, from many to few.</param>
/// <param name="Snapshots">One for every count asked for, from many to few.</param>
/// <param name="LambdaOut">The λ at which each group left; +∞ for those that did not.</param>
/// <param name="Ranking">All groups, the last to leave first. The selection at any count is so many from the front.</param>
/// <param name="IsComplete">Whether the path was followed as far as asked; false where it was cancelled on the way.</param>
internal sealed record PathResult(IReadOnlyList<PathPoint> Points, IReadOnlyList<PathSnapshot> Snapshots, double[] LambdaOut, int[] Ranking, bool IsComplete)
{
    /// <summary>The points with the held-out loss and metric of another path over the same groups, at the same count or the next larger one it reached.</summary>
    public PathResult WithHeldOutLosses(PathResult other)
    {
        PathPoint At(int count) => other.Points.Last(point => point.Count >= count);
        return this with { Points = [.. Points.Select(point => point with { HeldOutLoss = At(point.Count).HeldOutLoss, HeldOutMetric = At(point.Count).HeldOutMetric })] };
    }
}
