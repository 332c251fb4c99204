namespace MLNet.DGating.Plots.Charts;

/// <summary>Labels beside a chart, each near what it names and none on another.</summary>
internal static class LabelColumn
{
    /// <summary>Heights at least <paramref name="gap"/> apart, between top and bottom where they all fit, in the order of the wanted ones and near them.</summary>
    public static double[] Spread(IReadOnlyList<double> wanted, double top, double bottom, double gap)
    {
        int[] order = [.. Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i])];
        var heights = new double[wanted.Count];
        double next = top;
        foreach (int i in order)
        {
            heights[i] = Math.Max(wanted[i], next);
            next = heights[i] + gap;
        }

        double limit = bottom;
        foreach (int i in order.Reverse())
        {
            heights[i] = Math.Min(heights[i], limit);
            limit = heights[i] - gap;
        }

        return heights;
    }
}
