using System.Numerics;
using System.Runtime.InteropServices;

namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>
/// Standardization of the features: z = clip((x − mean) / deviation, ±bound), with the statistics of the training rows.
/// It makes λ and the gate norms comparable between features (docs/theory.md §7). A constant column becomes exactly 0. A mean of 0 stands
/// for a column that is not centred.
/// </summary>
internal sealed class ColumnScaling
{
    // Below the rounding of float32 at the mean's size, what is left of a deviation is noise of the representation.
    private const double SmallestRelativeDeviation = 1e-7;

    private ColumnScaling(float[] means, float[] inverseDeviations)
    {
        Means = means;
        InverseDeviations = inverseDeviations;
    }

    public float[] Means { get; }

    /// <summary>1 / deviation a column; 0 for a constant one.</summary>
    public float[] InverseDeviations { get; }

    public bool IsConstant(int column) => InverseDeviations[column] == 0;

    /// <summary>
    /// Weighted mean and (population) deviation of each column over these rows, accumulated in float64. Columns of a sparse matrix that
    /// are not stored whole are not centred, or nothing would be sparse any more: their mean counts as 0, and the bias behind takes its part.
    /// </summary>
    public static ColumnScaling Compute(FeatureMatrix features, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights)
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

        return new ColumnScaling(singleMeans, inverse);
    }

    public ColumnScaling Select(ReadOnlySpan<int> columns)
    {
        var means = new float[columns.Length];
        var inverse = new float[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            means[i] = Means[columns[i]];
            inverse[i] = InverseDeviations[columns[i]];
        }

        return new ColumnScaling(means, inverse);
    }

    /// <summary>target = clip((row − mean) / deviation), in one pass: it is done for every row of every batch.</summary>
    public void Apply(ReadOnlySpan<float> row, Span<float> target)
    {
        const float bound = DGatingDefaults.StandardizedBound;
        ReadOnlySpan<Vector<float>> rows = MemoryMarshal.Cast<float, Vector<float>>(row);
        ReadOnlySpan<Vector<float>> means = MemoryMarshal.Cast<float, Vector<float>>(Means);
        ReadOnlySpan<Vector<float>> inverses = MemoryMarshal.Cast<float, Vector<float>>(InverseDeviations);
        Span<Vector<float>> targets = MemoryMarshal.Cast<float, Vector<float>>(target);
        var lowest = new Vector<float>(-bound);
        var highest = new Vector<float>(bound);
        for (int i = 0; i < rows.Length; i++)
        {
            targets[i] = Vector.Min(Vector.Max((rows[i] - means[i]) * inverses[i], lowest), highest);
        }

        for (int i = rows.Length * Vector<float>.Count; i < row.Length; i++)
        {
            target[i] = Math.Clamp((row[i] - Means[i]) * InverseDeviations[i], -bound, bound);
        }
    }

    /// <summary>The same for stored values of a sparse row.</summary>
    public void Apply(SparseRow row, Span<float> target)
    {
        const float bound = DGatingDefaults.StandardizedBound;
        for (int i = 0; i < target.Length; i++)
        {
            int column = row.Columns[i];
            target[i] = Math.Clamp((row.Values[i] - Means[column]) * InverseDeviations[column], -bound, bound);
        }
    }

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
