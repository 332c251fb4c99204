namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>Averages the rankings of several runs by the geometric mean of the λ at which a group left (docs/theory.md §15).</summary>
/// <remarks>
/// A group that stayed to the end of a run counts as leaving in its next iteration. Groups with the same mean are ordered by their mean
/// rank.
/// </remarks>
internal static class AverageRanking
{
    /// <summary>Averages the rankings of paths on the same rows.</summary>
    /// <param name="paths">Paths over the same groups, followed to the same count; at least one.</param>
    /// <param name="growth">The factor by which λ grows an iteration.</param>
    /// <returns>All groups, the last to leave first; and the mean λ of each, +∞ for groups that stayed in every run.</returns>
    public static (int[] Ranking, double[] LambdaOut) Of(IReadOnlyList<PathResult> paths, double growth)
    {
        int groups = paths[0].Ranking.Length;
        double[] logarithms = new double[groups];
        long[] ranks = new long[groups];
        foreach (PathResult path in paths)
        {
            double end = path.Points[^1].Lambda * growth;
            for (int rank = 0; rank < groups; rank++)
            {
                int group = path.Ranking[rank];
                logarithms[group] += Math.Log(Math.Min(path.LambdaOut[group], end));
                ranks[group] += rank;
            }
        }

        bool AlwaysStayed(int group) => paths.All(path => double.IsPositiveInfinity(path.LambdaOut[group]));

        double MeanLambda(int group) => AlwaysStayed(group) ? double.PositiveInfinity : Math.Exp(logarithms[group] / paths.Count);

        double[] means = [.. Enumerable.Range(0, groups).Select(MeanLambda)];
        return ([.. Enumerable.Range(0, groups).OrderByDescending(group => means[group]).ThenBy(group => ranks[group])], means);
    }
}
