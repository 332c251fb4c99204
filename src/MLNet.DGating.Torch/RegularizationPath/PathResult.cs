namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>Holds one followed path.</summary>
/// <param name="Points">A point for every number of groups that an iteration left active, descending.</param>
/// <param name="Snapshots">A snapshot for every requested count, descending.</param>
/// <param name="LambdaOut">The λ at which each group left; +∞ for groups that did not leave.</param>
/// <param name="Ranking">All groups, the last to leave first. The selection at a count is its first groups.</param>
/// <param name="IsComplete">Whether the path was followed to its end; false where it was cancelled before.</param>
internal sealed record PathResult(
    IReadOnlyList<PathPoint> Points, IReadOnlyList<PathSnapshot> Snapshots, double[] LambdaOut, int[] Ranking, bool IsComplete)
{
    /// <summary>The certificate of the path's end; null unless one was requested.</summary>
    public StationarityCertificate? Certificate { get; init; }

    /// <summary>The gates after every iteration; null unless they were recorded.</summary>
    public GateTrace? Gates { get; init; }

    /// <summary>Gives the path with its end replaced by a stationary point. Groups that left since then left at its λ.</summary>
    public PathResult EndingAt(PathPoint end, PathSnapshot snapshot, StationarityCertificate certificate)
    {
        double[] lambdaOut = new double[LambdaOut.Length];
        for (int j = 0; j < lambdaOut.Length; j++)
        {
            lambdaOut[j] = snapshot.Groups.Contains(j) ? double.PositiveInfinity : Math.Min(LambdaOut[j], end.Lambda);
        }

        return this with { Points = [.. Points, end], Snapshots = [snapshot], LambdaOut = lambdaOut, Certificate = certificate };
    }

    /// <summary>Gives the path as it would have been if it had ended at a count.</summary>
    /// <param name="count">The count, at least that at which the path ended.</param>
    public PathResult EndingAt(int count)
    {
        int end = Points.TakeWhile(point => point.Count > count).Count();
        PathPoint[] points = [.. Points.Take(end + 1)];
        double last = points[^1].Lambda;
        return this with
        {
            Points = points,
            Snapshots = [.. Snapshots.Where(snapshot => snapshot.Groups.Length >= count)],
            LambdaOut = Array.ConvertAll(LambdaOut, lambda => lambda <= last ? lambda : double.PositiveInfinity),
        };
    }

    /// <summary>Gives the path with its snapshots numbered among all groups, where it was followed on some of them.</summary>
    /// <param name="groups">The groups on which it was followed; null for all.</param>
    public PathResult OfGroups(int[]? groups) => groups is null ? this : this with
    {
        Snapshots = [.. Snapshots.Select(snapshot => snapshot with { Groups = Array.ConvertAll(snapshot.Groups, group => groups[group]) })],
    };

    /// <summary>Gives the path with the mean held-out loss and metric of other paths over the same groups at its points.</summary>
    /// <remarks>Each of the other paths contributes its point at the same count, or at the next larger one.</remarks>
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
