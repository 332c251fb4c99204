using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Holds the mean and the deviation of each column over some rows.</summary>
internal sealed class ColumnStatistics
{
    private readonly ColumnRanges _ranges;

    private ColumnStatistics(float[] means, float[] inverseDeviations, ColumnRanges ranges)
    {
        Means = means;
        InverseDeviations = inverseDeviations;
        _ranges = ranges;
    }

    /// <summary>The mean of each column; 0 for a column that is not centred.</summary>
    public float[] Means { get; }

    /// <summary>1 / deviation of each column; 0 for a constant column.</summary>
    public float[] InverseDeviations { get; }

    /// <summary>Whether a column's smallest value is its largest one.</summary>
    /// <remarks>The deviation is no sign of it: by rounding it may be above 0.</remarks>
    public bool IsConstant(int column) => _ranges.IsConstant(column);

    /// <summary>Measures the weighted mean and (population) deviation of each column over these rows, accumulated in float64.</summary>
    /// <remarks>
    /// Columns of a sparse matrix that are not stored completely are not centred, since their zeros would no longer be zero: their mean
    /// counts as 0, and the bias of the layer makes up for it.
    /// </remarks>
    /// <param name="features">The raw features.</param>
    /// <param name="rows">The numbers of the rows to measure.</param>
    /// <param name="weights">The weight of every row of the matrix; empty where all are 1.</param>
    public static ColumnStatistics Of(FeatureMatrix features, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights)
    {
        var sparse = features as SparseMatrix;
        (double[] means, double[] variances) = sparse is null
            ? Moments(features, rows, weights)
            : SparseMoments.Of(sparse, rows, weights);
        var ranges = ColumnRanges.Of(features, rows, weights);
        int columns = features.Columns;
        float[] singleMeans = new float[columns];
        float[] inverse = new float[columns];
        for (int j = 0; j < columns; j++)
        {
            double deviation = Math.Sqrt(variances[j]);
            singleMeans[j] = sparse is null || sparse.IsWhole(j) ? (float)means[j] : 0;
            // Values that differ in the last bits below 1e-38 are not scaled to a deviation of 1, but nearly.
            inverse[j] = ranges.IsConstant(j) ? 0 : (float)Math.Min(1 / deviation, float.MaxValue);
        }

        return new ColumnStatistics(singleMeans, inverse, ranges);
    }

    /// <summary>The smallest and the largest value of a column.</summary>
    public (float Minimum, float Maximum) RangeOf(int column) => _ranges[column];

    /// <summary>Finds the columns whose values single precision may have rounded together.</summary>
    /// <param name="features">The matrix that was measured.</param>
    /// <param name="rows">The numbers of its rows that were.</param>
    public IReadOnlyList<RoundedColumn> Rounded(FeatureMatrix features, ReadOnlySpan<int> rows) =>
        RoundedColumn.In(features, rows, _ranges);

    /// <summary>Gives the statistics of these columns alone.</summary>
    public ColumnStatistics Select(ReadOnlySpan<int> columns)
    {
        float[] means = new float[columns.Length];
        float[] inverse = new float[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            means[i] = Means[columns[i]];
            inverse[i] = InverseDeviations[columns[i]];
        }

        return new ColumnStatistics(means, inverse, _ranges.Select(columns));
    }

    /// <summary>Creates the encoding z = clip((x − mean) / deviation, ±bound).</summary>
    /// <remarks>It makes λ and the norms of groups comparable between features (docs/theory.md §7).</remarks>
    public InputEncoding Standardization() =>
        InputEncoding.Standardization(Means, InverseDeviations, DGatingDefaults.StandardizedBound);

    private static (double[] Means, double[] Variances) Moments(
        FeatureMatrix features, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights)
    {
        int columns = features.Columns;
        double total = 0;
        double[] means = new double[columns];
        float[] raw = new float[columns];
        double[] wide = new double[columns];
        foreach (int row in rows)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            features.Read(row, raw);
            TensorPrimitives.ConvertTruncating(raw, wide);
            TensorPrimitives.MultiplyAdd(wide, weight, means, means);
            total += weight;
        }

        TensorPrimitives.Divide(means, total, means);
        double[] variances = new double[columns];
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
