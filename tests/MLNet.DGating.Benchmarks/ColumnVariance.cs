namespace MLNet.DGating.Benchmarks;

/// <summary>The usual selection without a label. Variance is that of the values as they are: of standardized ones it is the same for all.</summary>
internal static class ColumnVariance
{
    public static int[] Highest(IReadOnlyList<float[]> rows, int count) =>
        [.. Enumerable.Range(0, rows[0].Length).OrderByDescending(column => Of(rows, column)).Take(count)];

    private static double Of(IReadOnlyList<float[]> rows, int column)
    {
        double mean = rows.Average(row => (double)row[column]);
        return rows.Average(row => (row[column] - mean) * (row[column] - mean));
    }
}
