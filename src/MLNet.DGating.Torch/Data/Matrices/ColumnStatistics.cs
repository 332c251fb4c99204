using MLNet.DGating.Model;
using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Holds the mean and the deviation of each column over some rows.</summary>
internal sealed class ColumnStatistics
{
    private readonly ColumnRanges _ranges;
    private readonly float[] _scales;
    private readonly bool _hasMissing;

    private ColumnStatistics(float[] means, float[] inverseDeviations, float[] scales, bool hasMissing, ColumnRanges ranges)
    {
        Means = means;
        InverseDeviations = inverseDeviations;
        _scales = scales;
        _hasMissing = hasMissing;
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
    /// Missing values do not count; a column without any value is constant.
    /// Columns of a sparse matrix that are not stored completely are not centred, since their zeros would no longer be zero: their mean
    /// counts as 0, and the bias of the layer makes up for it.
    /// Where ranks hold the rows, each measures its own, and the sums of all are added.
    /// </remarks>
    /// <param name="features">The raw features.</param>
    /// <param name="rows">The numbers of the rows to measure.</param>
    /// <param name="weights">The weight of every row of the matrix; empty where all are 1.</param>
    public static ColumnStatistics Of(FeatureMatrix features, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights) =>
        features is ShardedMatrix { Shards: { } shards } sharded
            ? Of(sharded.Own, shards.OwnOf(rows), shards.OwnOf(weights), shards.Ranks)
            : Of(features, rows, weights, ranks: null);

    private static ColumnStatistics Of(FeatureMatrix features, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, IRanks? ranks)
    {
        var sparse = features as SparseMatrix;
        (double[] means, double[] variances) = sparse is null
            ? Moments(features, rows, weights, ranks)
            : SparseMoments.Of(sparse, rows, weights);
        ColumnRanges ranges = ColumnRanges.Of(features, rows, weights).OverRanks(ranks);
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

        float[] scales = features.HasMissing ? Scales(features, means, inverse) : inverse;
        return new ColumnStatistics(singleMeans, inverse, scales, features.HasMissing, ranges);
    }

    /// <summary>The smallest and the largest value of a column.</summary>
    public (float Minimum, float Maximum) RangeOf(int column) => _ranges[column];

    /// <summary>Finds the columns whose values single precision may have rounded together.</summary>
    /// <param name="features">The matrix that was measured.</param>
    /// <param name="rows">The numbers of its rows that were.</param>
    public IReadOnlyList<RoundedColumn> Rounded(FeatureMatrix features, int[] rows) =>
        RoundedColumn.In(features, rows, _ranges);

    /// <summary>Gives the statistics of these columns alone.</summary>
    public ColumnStatistics Select(ReadOnlySpan<int> columns)
    {
        float[] means = new float[columns.Length];
        float[] inverse = new float[columns.Length];
        float[] scales = new float[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            means[i] = Means[columns[i]];
            inverse[i] = InverseDeviations[columns[i]];
            scales[i] = _scales[columns[i]];
        }

        return new ColumnStatistics(means, inverse, scales, _hasMissing, _ranges.Select(columns));
    }

    /// <summary>Creates the encoding z = clip((x − mean) / deviation, ±bound).</summary>
    /// <remarks>
    /// It makes λ and the norms of groups comparable between features (docs/theory.md §7). A value and what indicates that it is missing
    /// have the variance 1 together (§28).
    /// </remarks>
    public InputEncoding Standardization()
    {
        var encoding = InputEncoding.Standardization(Means, _scales, DGatingDefaults.StandardizedBound);
        return _hasMissing ? encoding.WithZeroWhereMissing() : encoding;
    }

    // With the share p of missing values, a standardized value that is 0 where it is missing has the variance 1 − p, and the centred
    // indicator p (1 − p): together 1 − p².
    private static float[] Scales(FeatureMatrix features, double[] means, float[] inverse)
    {
        float[] scales = [.. inverse];
        for (int j = 1; j < scales.Length; j++)
        {
            if (features.IsIndicator(j) && !features.IsIndicator(j - 1) && inverse[j - 1] > 0 && inverse[j] > 0)
            {
                double scale = 1 / Math.Sqrt(1 - means[j] * means[j]);
                scales[j] = (float)scale;
                scales[j - 1] = (float)(inverse[j - 1] * scale);
            }
        }

        return scales;
    }

    private static (double[] Means, double[] Variances) Moments(
        FeatureMatrix features, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, IRanks? ranks)
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

        ranks?.AllReduce(means);
        ranks?.AllReduce(new Span<double>(ref total));
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

        ranks?.AllReduce(variances);
        TensorPrimitives.Divide(variances, total, variances);
        int[] incomplete = [.. Enumerable.Range(0, columns).Where(column => double.IsNaN(means[column]))];
        if (incomplete.Length > 0)
        {
            MeasurePresent(features, incomplete, rows, weights, means, variances, ranks);
        }

        return (means, variances);
    }

    // Means and variances of columns with missing values, from the values that are present.
    private static void MeasurePresent(
        FeatureMatrix features, int[] columns, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, double[] means, double[] variances,
        IRanks? ranks)
    {
        float[] values = new float[columns.Length];
        double[] totals = new double[columns.Length], sums = new double[columns.Length], squares = new double[columns.Length];
        foreach (int row in rows)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            features.Read(row, columns, values);
            for (int i = 0; i < values.Length; i++)
            {
                if (!float.IsNaN(values[i]))
                {
                    sums[i] += weight * values[i];
                    totals[i] += weight;
                }
            }
        }

        ranks?.AllReduce(sums);
        ranks?.AllReduce(totals);
        for (int i = 0; i < columns.Length; i++)
        {
            means[columns[i]] = totals[i] > 0 ? sums[i] / totals[i] : 0;
        }

        foreach (int row in rows)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            features.Read(row, columns, values);
            for (int i = 0; i < values.Length; i++)
            {
                double distance = values[i] - means[columns[i]];
                squares[i] += double.IsNaN(distance) ? 0 : weight * distance * distance;
            }
        }

        ranks?.AllReduce(squares);
        for (int i = 0; i < columns.Length; i++)
        {
            variances[columns[i]] = totals[i] > 0 ? squares[i] / totals[i] : 0;
        }
    }
}
