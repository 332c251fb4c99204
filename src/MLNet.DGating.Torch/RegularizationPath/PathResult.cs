namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>One followed path.</summary>
/// <param name="Points">One for every count at which the path arrived, from many to few.</param>
/// <param name="Snapshots">One for every count asked for, from many to few.</param>
/// <param name="LambdaOut">The λ at which each group left; +∞ for those that did not.</param>
/// <param name="Ranking">All groups, the last to leave first. The selection at any count is so many from the front.</param>
/// <param name="IsComplete">Whether the path was followed as far as asked; false where it was cancelled on the way.</param>
internal sealed record PathResult(
    IReadOnlyList<PathPoint> Points, IReadOnlyList<PathSnapshot> Snapshots, double[] LambdaOut, int[] Ranking, bool IsComplete)
{
    /// <summary>How near the end is to a stationary point; null where nobody asked.</summary>
    public StationarityCertificate? Certificate { get; init; }

    /// <summary>The gates on the way; null where nobody asked.</summary>
    public GateTrace? Gates { get; init; }

    /// <summary>The path whose end was taken to a stationary point: what left since then left at the end's λ.</summary>
    public PathResult EndingAt(PathPoint end, PathSnapshot snapshot, StationarityCertificate certificate)
    {
        var lambdaOut = new double[LambdaOut.Length];
        for (int j = 0; j < lambdaOut.Length; j++)
        {
            lambdaOut[j] = snapshot.Groups.Contains(j) ? double.PositiveInfinity : Math.Min(LambdaOut[j], end.Lambda);
        }

        return this with { Points = [.. Points, end], Snapshots = [snapshot], LambdaOut = lambdaOut, Certificate = certificate };
    }

    /// <summary>The path with its snapshots numbered among all groups, where it was followed on these alone; null: on all.</summary>
    public PathResult OfGroups(int[]? groups) => groups is null ? this : this with
    {
        Snapshots = [.. Snapshots.Select(snapshot => snapshot with { Groups = Array.ConvertAll(snapshot.Groups, group => groups[group]) })],
    };

    /// <summary>The points with the mean held-out loss and metric of other paths over the same groups.</summary>
    /// <remarks>Of each path its point at the same count, or at the next larger one it reached.</remarks>
    public PathResult WithHeldOutLosses(params PathResult[] others)
    {
        double Mean(int count, Func<PathPoint, double> value) =>
            others.Average(other => value(other.Points.Last(point => point.Count >= count)));

        return this with
        {
            Points = [.. Points.Select(point => point with
            {
                HeldOutLoss = Mean(point.Count, other => other.HeldOutLoss),
                HeldOutMetric = Mean(point.Count, other => other.HeldOutMetric),
            })],
        };
    }
}
