using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>The mean and deviation of each column over some rows.</summary>
internal sealed class ColumnStatistics
{
    // Below the rounding of float32 at the mean's size, what is left of a deviation is noise of the representation.
    private const double SmallestRelativeDeviation = 1e-7;

    private ColumnStatistics(float[] means, float[] inverseDeviations)
    {
        Means = means;
        InverseDeviations = inverseDeviations;
    }

    /// <summary>0 for a column that is not to be centred.</summary>
    public float[] Means { get; }

    /// <summary>1 / deviation a column; 0 for a constant one.</summary>
    public float[] InverseDeviations { get; }

    public bool IsConstant(int column) => InverseDeviations[column] == 0;

    /// <summary>Measures the weighted mean and (population) deviation of each column over these rows, accumulated in float64.</summary>
    /// <remarks>
    /// Columns of a sparse matrix that are not stored whole are not centred, or nothing would be sparse any more: their mean counts as 0,
    /// and the bias behind takes its part.
    /// </remarks>
    public static ColumnStatistics Of(FeatureMatrix features, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights)
    {
        var sparse = features as SparseMatrix;
        (double[] means, double[] variances) = sparse is null ? Moments(features, rows, weights) : SparseMoments.Of(sparse, rows, weights);
        int columns = features.Columns;
        var singleMeans = new float[columns];
        var inverse = new float[columns];
        for (int j = 0; j < columns; j++)
        {
            double deviation = Math.Sqrt(variances[j]);
            singleMeans[j] = sparse is null || sparse.IsWhole(j) ? (float)means[j] : 0;
            double inverted = 1 / deviation;
            bool constant = deviation <= SmallestRelativeDeviation * Math.Abs(means[j]) || inverted > float.MaxValue;
            inverse[j] = constant ? 0 : (float)inverted;
        }

        return new ColumnStatistics(singleMeans, inverse);
    }

    /// <summary>Those of these columns alone.</summary>
    public ColumnStatistics Select(ReadOnlySpan<int> columns)
    {
        var means = new float[columns.Length];
        var inverse = new float[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            means[i] = Means[columns[i]];
            inverse[i] = InverseDeviations[columns[i]];
        }

        return new ColumnStatistics(means, inverse);
    }

    /// <summary>
    /// z = clip((x − mean) / deviation, ±bound): it makes λ and the gate norms comparable between features (docs/theory.md §7).
    /// </summary>
    public InputEncoding Standardization() =>
        InputEncoding.Standardization(Means, InverseDeviations, DGatingDefaults.StandardizedBound);

    private static (double[] Means, double[] Variances) Moments(FeatureMatrix features, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights)
    {
        int columns = features.Columns;
        double total = 0;
        var means = new double[columns];
        var raw = new float[columns];
        var wide = new double[columns];
        foreach (int row in rows)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            features.Read(row, raw);
            TensorPrimitives.ConvertTruncating(raw, wide);
            TensorPrimitives.MultiplyAdd(wide, weight, means, means);
            total += weight;
        }

        TensorPrimitives.Divide(means, total, means);
        var variances = new double[columns];
        foreach (int row in rows)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            features.Read(row, raw);
            TensorPrimitives.ConvertTruncating(raw, wide);
            TensorPrimitives.Subtract(wide, means, wide);
            TensorPrimitives.Multiply(wide, wide, wide);
            TensorPrimitives.MultiplyAdd(wide, weight, variances, variances);
        }

        TensorPrimitives.Divide(variances, total, variances);
        return (means, variances);
    }
}
