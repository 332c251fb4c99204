namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Measures weighted means and variances of a sparse matrix's columns from its stored values; all others are 0.</summary>
/// <remarks>Missing values do not count. A column without any value has the mean and the variance 0.</remarks>
internal static class SparseMoments
{
    public static (double[] Means, double[] Variances) Of(SparseMatrix matrix, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights)
    {
        double total = 0;
        double[] means = new double[matrix.Columns], stored = new double[matrix.Columns], missing = new double[matrix.Columns];
        foreach (int row in rows)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            SparseRow entries = matrix.Row(row);
            for (int i = 0; i < entries.Columns.Length; i++)
            {
                if (float.IsNaN(entries.Values[i]))
                {
                    missing[entries.Columns[i]] += weight;
                    continue;
                }

                means[entries.Columns[i]] += weight * entries.Values[i];
                stored[entries.Columns[i]] += weight;
            }

            total += weight;
        }

        double[] totals = Array.ConvertAll(missing, weight => total - weight);
        Divide(means, totals);
        double[] variances = new double[matrix.Columns];
        foreach (int row in rows)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            SparseRow entries = matrix.Row(row);
            for (int i = 0; i < entries.Columns.Length; i++)
            {
                double deviation = entries.Values[i] - means[entries.Columns[i]];
                variances[entries.Columns[i]] += double.IsNaN(deviation) ? 0 : weight * deviation * deviation;
            }
        }

        for (int j = 0; j < variances.Length; j++)
        {
            // Rounding may make the total weight of the zeros slightly negative.
            variances[j] += Math.Max(0, totals[j] - stored[j]) * means[j] * means[j];
        }

        Divide(variances, totals);
        return (means, variances);
    }

    private static void Divide(double[] sums, double[] totals)
    {
        for (int j = 0; j < sums.Length; j++)
        {
            sums[j] = totals[j] > 0 ? sums[j] / totals[j] : 0;
        }
    }
}
