namespace MLNet.DGating.Tool.Splitting;

/// <summary>Deals groups of rows into parts of given shares, so that each part has its share of every class.</summary>
internal static class GroupDeal
{
    /// <summary>Returns the part of each row.</summary>
    /// <remarks>
    /// The largest group is dealt first, those of one size in the order of their draws, each to the part that Σ (rows of the class / its
    /// share)² grows least in: that sum is least where every part has its share of every class.
    /// </remarks>
    /// <param name="rows">The rows.</param>
    /// <param name="shares">The share of each part; their sum is 1.</param>
    public static int[] Deal(List<LabelledRow> rows, double[] shares)
    {
        int classes = rows.Count == 0 ? 1 : rows.Max(row => row.Class) + 1;
        double[] all = new double[classes];
        foreach (LabelledRow row in rows)
        {
            all[row.Class]++;
        }

        double[][] counts = [.. shares.Select(_ => new double[classes])];
        int[] parts = new int[rows.Count];
        IEnumerable<int[]> groups = Enumerable.Range(0, rows.Count).GroupBy(row => rows[row].Group).Select(group => group.ToArray())
            .OrderByDescending(group => group.Length).ThenBy(group => rows[group[0]].Draw);
        foreach (int[] group in groups)
        {
            (int Class, int Count)[] added = [.. group.CountBy(row => rows[row].Class).Select(each => (each.Key, each.Value))];
            int part = Enumerable.Range(0, shares.Length).MinBy(part => added.Sum(each =>
            {
                double before = counts[part][each.Class], after = before + each.Count;
                return ((after * after) - (before * before)) / (shares[part] * all[each.Class] * all[each.Class]);
            }));
            foreach ((int one, int count) in added)
            {
                counts[part][one] += count;
            }

            foreach (int row in group)
            {
                parts[row] = part;
            }
        }

        return parts;
    }
}
