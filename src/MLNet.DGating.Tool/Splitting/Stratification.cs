namespace MLNet.DGating.Tool.Splitting;

/// <summary>Splits of rows in which every part has the same mix of labels, as far as that is possible.</summary>
/// <remarks>
/// Of each class the same share is held out, and a class of one row alone is always trained on. Numbers are split in their order, so that
/// small and large ones are in every part.
/// </remarks>
internal static class Stratification
{
    /// <summary>Returns 0 for the rows to hold out and -1 for the others.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="share">The share to hold out, above 0 and below 1.</param>
    /// <param name="areGrouped">Whether rows of one group stay together.</param>
    public static int[] HoldOut(List<LabelledRow> rows, double share, bool areGrouped)
    {
        if (areGrouped)
        {
            return Array.ConvertAll(GroupDeal.Deal(rows, [share, 1 - share]), part => part == 0 ? 0 : -1);
        }

        int[] parts = new int[rows.Count];
        Array.Fill(parts, -1);
        foreach (int[] ofClass in InOrder(rows))
        {
            int wanted = ofClass.Length < 2 ? 0 : Math.Clamp((int)Math.Round(share * ofClass.Length), 1, ofClass.Length - 1);
            // Every so many rows of the order, from a place that the first row's draw decides.
            double step = wanted == 0 ? 0 : (double)ofClass.Length / wanted, start = rows[ofClass[0]].Draw;
            for (int i = 0; i < wanted; i++)
            {
                parts[ofClass[(int)((i + start) * step)]] = 0;
            }
        }

        return parts;
    }

    /// <summary>Returns the fold of each row, from 0; -1 for one that is alone of its class.</summary>
    public static int[] Fold(List<LabelledRow> rows, int folds, bool areGrouped)
    {
        if (areGrouped)
        {
            return GroupDeal.Deal(rows, [.. Enumerable.Repeat(1.0 / folds, folds)]);
        }

        int[] parts = new int[rows.Count];
        int next = 0;
        foreach (int[] ofClass in InOrder(rows))
        {
            if (ofClass.Length == 1)
            {
                parts[ofClass[0]] = -1;
                continue;
            }

            // Within each run of as many rows as there are folds, the rows are dealt in the order of their draws.
            foreach (int[] run in ofClass.Chunk(folds))
            {
                foreach (int row in run.OrderBy(row => rows[row].Draw))
                {
                    parts[row] = next++ % folds;
                }
            }
        }

        return parts;
    }

    // Rows of a class in the order of their draws; numbers in their order.
    private static IEnumerable<int[]> InOrder(List<LabelledRow> rows) => Enumerable.Range(0, rows.Count)
        .GroupBy(row => rows[row].Class).OrderBy(group => group.Key)
        .Select(group => group.OrderBy(row => rows[row].Value).ThenBy(row => rows[row].Draw).ToArray());
}
