namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Measures weighted means and variances of a sparse matrix's columns from its stored values; all others are 0.</summary>
internal static class SparseMoments
{
    public static (double[] Means, double[] Variances) Of(SparseMatrix matrix, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights)
    {
        double total = 0;
        double[] means = new double[matrix.Columns], stored = new double[matrix.Columns];
        foreach (int row in rows)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            SparseRow entries = matrix.Row(row);
            for (int i = 0; i < entries.Columns.Length; i++)
            {
                means[entries.Columns[i]] += weight * entries.Values[i];
                stored[entries.Columns[i]] += weight;
            }

            total += weight;
        }

        TensorPrimitives.Divide(means, total, means);
        double[] variances = new double[matrix.Columns];
        foreach (int row in rows)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            SparseRow entries = matrix.Row(row);
            for (int i = 0; i < entries.Columns.Length; i++)
            {
                double deviation = entries.Values[i] - means[entries.Columns[i]];
                variances[entries.Columns[i]] += weight * deviation * deviation;
            }
        }

        for (int j = 0; j < variances.Length; j++)
        {
            // Rounding may make the total weight of the zeros slightly negative.
            variances[j] = (variances[j] + Math.Max(0, total - stored[j]) * means[j] * means[j]) / total;
        }

        return (means, variances);
    }
}
