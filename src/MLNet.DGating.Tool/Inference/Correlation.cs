namespace MLNet.DGating.Tool.Inference;

/// <summary>Pearson's correlation of two columns.</summary>
internal static class Correlation
{
    private const int FewestRows = 3;

    /// <summary>Computes the correlation of the rows where both have a number; 0 where these are too few.</summary>
    public static double Of(IEnumerable<double> first, IEnumerable<double> second)
    {
        (double First, double Second)[] rows =
            [.. first.Zip(second).Where(row => double.IsFinite(row.First) && double.IsFinite(row.Second))];
        if (rows.Length < FewestRows)
        {
            return 0;
        }

        double mean = rows.Average(row => row.First), other = rows.Average(row => row.Second);
        double both = rows.Sum(row => (row.First - mean) * (row.Second - other));
        double squares = rows.Sum(row => Math.Pow(row.First - mean, 2)) * rows.Sum(row => Math.Pow(row.Second - other, 2));
        return squares > 0 ? both / Math.Sqrt(squares) : 0;
    }
}
