namespace MLNet.DGating.Torch.Data.Encodings;

/// <summary>Chooses the edges of the intervals into which the values of one number are divided (docs/theory.md §19).</summary>
/// <remarks>
/// Where few values come often, each of them is an edge, as in LightGBM's histograms: exact amounts and codes mean something of their own.
/// Else the edges are quantiles of the rows, quantiles of the distinct values, which see long tails, and the cuts of a tree on the target.
/// </remarks>
internal static class NumberEdges
{
    /// <summary>The most values of which each is an edge.</summary>
    private const int MostValues = 255;

    /// <summary>The rows in which a value must come to be an edge.</summary>
    private const int FewestRows = 3;

    /// <summary>The share of the rows that such values must have together, without the most frequent value and its rows.</summary>
    /// <remarks>Where most rows are zero, the others tell whether the number has codes or amounts.</remarks>
    private const double LeastShare = 0.9;

    private const int RowQuantiles = 96, ValueQuantiles = 48, Leaves = 32, SmallestLeaf = 32, RowsOverLeaf = 512;

    /// <summary>The least width of an interval, as a share of the range of the values.</summary>
    private const double LeastWidth = 1e-6;

    /// <summary>Gives the edges, ascending, at least 3; none where intervals would be no more than a linear column.</summary>
    public static float[] Of(DistinctValues values)
    {
        int rows = values.Counts.Sum();
        if (values.Count < 3)
        {
            return [];
        }

        int[] frequent = [.. Enumerable.Range(0, values.Count).Where(i => values.Counts[i] >= FewestRows)];
        int mostFrequent = values.Counts.Max();
        bool isDiscrete = frequent.Length <= MostValues
            && frequent.Sum(i => values.Counts[i]) - mostFrequent >= LeastShare * (rows - mostFrequent);
        IEnumerable<float> edges = isDiscrete
            ? frequent.Select(i => values.Values[i])
            : [.. QuantilesOfRows(values, rows), .. QuantilesOfValues(values), .. Cuts(values, rows)];
        float[] apart = Apart([values.Values[0], .. edges, values.Values[^1]]);
        return apart.Length < 3 ? [] : apart;
    }

    private static float[] Cuts(DistinctValues values, int rows) =>
        new TargetCuts(values, Math.Max(SmallestLeaf, rows / RowsOverLeaf)).Find(Leaves);

    private static IEnumerable<float> QuantilesOfRows(DistinctValues values, int rows)
    {
        int at = 0;
        long before = 0;
        for (int i = 1; i < RowQuantiles; i++)
        {
            long wanted = (long)i * rows / RowQuantiles;
            while (before + values.Counts[at] <= wanted)
            {
                before += values.Counts[at++];
            }

            yield return values.Values[at];
        }
    }

    private static IEnumerable<float> QuantilesOfValues(DistinctValues values) =>
        Enumerable.Range(1, ValueQuantiles - 1).Select(i => values.Values[(int)((long)i * values.Count / ValueQuantiles)]);

    // Intervals far narrower than the range would be jumps that float32 cannot scale.
    private static float[] Apart(float[] edges)
    {
        Array.Sort(edges);
        double least = LeastWidth * ((double)edges[^1] - edges[0]);
        var apart = new List<float> { edges[0] };
        foreach (float edge in edges)
        {
            if ((double)edge - apart[^1] > least)
            {
                apart.Add(edge);
            }
        }

        return [.. apart];
    }
}
