namespace MLNet.DGating.Plots.Charts;

/// <summary>A column of labels beside a chart, each near what it names and none on another.</summary>
internal static class LabelColumn
{
    /// <summary>Moves heights at least <paramref name="gap"/> apart, near the wanted ones and in their order.</summary>
    /// <remarks>All lie between top and bottom if there is room for them.</remarks>
    public static double[] Spread(IReadOnlyList<double> wanted, double top, double bottom, double gap)
    {
        int[] order = [.. Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i])];
        double[] heights = new double[wanted.Count];
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
