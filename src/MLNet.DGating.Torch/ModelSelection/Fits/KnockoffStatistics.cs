using MLNet.DGating.Torch.Data.Knockoffs;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Measures how much better a group did on a path than its knockoff (docs/theory.md §16).</summary>
/// <remarks>
/// The strength of a group is ∫ ‖w_j‖ / max_k ‖w_k‖ dλ over the second half of the path, from where half of the groups and knockoffs are
/// left: it grows with the λ that the group withstands, and with its weights. The statistic is the difference of the strengths of the
/// group and its knockoff, and changes its sign when the two change places.
/// </remarks>
internal static class KnockoffStatistics
{
    /// <summary>Gives the statistic of every group; 0 for groups that always stay.</summary>
    /// <param name="path">A path over groups and knockoffs that was followed until all of them had left, with norms.</param>
    /// <param name="groups">The groups without knockoffs.</param>
    public static double[] Of(PathResult path, GroupLayout groups)
    {
        var layout = new KnockoffLayout(groups);
        double[] strengths = Strengths(path.Points, layout.Groups);
        double[] statistics = new double[groups.Count];
        for (int group = 0; group < groups.Count; group++)
        {
            if (!groups.IsKept(group))
            {
                statistics[group] = strengths[layout.PlaceOf(group)] - strengths[layout.PlaceOfKnockoff(group)];
            }
        }

        return statistics;
    }

    private static double[] Strengths(IReadOnlyList<PathPoint> points, GroupLayout both)
    {
        int[] competing = [.. Enumerable.Range(0, both.Count).Where(group => !both.IsKept(group))];
        double[] strengths = new double[both.Count];
        foreach ((PathPoint point, PathPoint next) in points.Zip(points.Skip(1)))
        {
            if (point.Count - both.KeptCount > competing.Length / 2)
            {
                continue;
            }

            // Between two points no group leaves; the largest norm is positive while any group is left.
            double largest = competing.Max(group => point.Norms![group]);
            foreach (int group in competing)
            {
                strengths[group] += (next.Lambda - point.Lambda) * point.Norms![group] / Math.Max(largest, float.Epsilon);
            }
        }

        return strengths;
    }
}
