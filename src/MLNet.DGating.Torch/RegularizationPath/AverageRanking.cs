namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>
/// The order of leaving, averaged over runs on the same rows: by the geometric mean of the λ at which a group left, which is how strong a
/// penalty it withstood.
/// </summary>
/// <remarks>
/// What stayed to the end of a run counts as leaving in its next iteration; groups of one mean are ordered by their mean rank.
/// </remarks>
internal static class AverageRanking
{
    /// <param name="paths">Paths over the same groups, followed to the same count.</param>
    /// <param name="growth">λ's growth an iteration.</param>
    /// <returns>All groups, the last to leave first; and the mean λ, +∞ for groups that stayed in every run.</returns>
    public static (int[] Ranking, double[] LambdaOut) Of(IReadOnlyList<PathResult> paths, double growth)
    {
        int groups = paths[0].Ranking.Length;
        var logarithms = new double[groups];
        var ranks = new long[groups];
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

        double[] means = [.. Enumerable.Range(0, groups).Select(group => paths.All(path => double.IsPositiveInfinity(path.LambdaOut[group]))
            ? double.PositiveInfinity
            : Math.Exp(logarithms[group] / paths.Count))];
        return ([.. Enumerable.Range(0, groups).OrderByDescending(group => means[group]).ThenBy(group => ranks[group])], means);
    }
}
