namespace MLNet.DGating.Benchmarks;

/// <summary>Selects the columns of highest variance, the usual selection without a label.</summary>
internal static class ColumnVariance
{
    /// <summary>Gives the columns with the highest variance of their raw values.</summary>
    public static int[] Highest(IReadOnlyList<float[]> rows, int count) =>
        [.. Enumerable.Range(0, rows[0].Length).OrderByDescending(column => Of(rows, column)).Take(count)];

    private static double Of(IReadOnlyList<float[]> rows, int column)
    {
        double mean = rows.Average(row => (double)row[column]);
        return rows.Average(row => (row[column] - mean) * (row[column] - mean));
    }
}
