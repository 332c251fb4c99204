using System.Buffers;

namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Stores some rows in half precision as (x − mean) / deviation, with the means and deviations of these rows.</summary>
internal sealed class HalfChunk
{
    private const float LargestHalf = 65504;

    private readonly Half[] _values;
    private readonly float[] _means;
    private readonly float[] _deviations;

    public HalfChunk(DesignMatrix rows)
    {
        var statistics = ColumnStatistics.Of(rows, [.. Enumerable.Range(0, rows.Rows)], []);
        _means = statistics.Means;
        // A column that is constant here is stored by its mean alone; rows that replace these may have values of any size.
        _deviations = Array.ConvertAll(statistics.InverseDeviations, inverse => inverse == 0 ? 1 : 1 / inverse);
        _values = new Half[rows.Rows * rows.Columns];
        for (int row = 0; row < rows.Rows; row++)
        {
            Replace(row, rows.Row(row));
        }
    }

    private HalfChunk(Half[] values, float[] means, float[] deviations) => (_values, _means, _deviations) = (values, means, deviations);

    private int Columns => _means.Length;

    public void Replace(int row, ReadOnlySpan<float> values)
    {
        float[] scaled = ArrayPool<float>.Shared.Rent(Columns);
        Span<float> z = scaled.AsSpan(0, Columns);
        TensorPrimitives.Subtract(values, _means, z);
        TensorPrimitives.Divide(z, _deviations, z);
        if (MathF.Abs(TensorPrimitives.MaxMagnitudeNumber<float>(z)) > LargestHalf)
        {
            Rescale(z);
        }

        TensorPrimitives.ConvertToHalf(z, _values.AsSpan(row * Columns, Columns));
        ArrayPool<float>.Shared.Return(scaled);
    }

    public void Read(int row, Span<float> target)
    {
        TensorPrimitives.ConvertToSingle(_values.AsSpan(row * Columns, Columns), target);
        TensorPrimitives.MultiplyAdd(target, _deviations, _means, target);
    }

    public void Read(int row, ReadOnlySpan<int> columns, Span<float> target)
    {
        Half[] gathered = ArrayPool<Half>.Shared.Rent(columns.Length);
        ReadOnlySpan<Half> source = _values.AsSpan(row * Columns, Columns);
        for (int i = 0; i < columns.Length; i++)
        {
            gathered[i] = source[columns[i]];
        }

        TensorPrimitives.ConvertToSingle(gathered.AsSpan(0, columns.Length), target);
        ArrayPool<Half>.Shared.Return(gathered);
        for (int i = 0; i < columns.Length; i++)
        {
            target[i] = target[i] * _deviations[columns[i]] + _means[columns[i]];
        }
    }

    public HalfChunk Select(ReadOnlySpan<int> columns)
    {
        int rows = _values.Length / Math.Max(1, Columns);
        var values = new Half[rows * columns.Length];
        float[] means = new float[columns.Length];
        float[] deviations = new float[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            (means[i], deviations[i]) = (_means[columns[i]], _deviations[columns[i]]);
            for (int row = 0; row < rows; row++)
            {
                values[row * columns.Length + i] = _values[row * Columns + columns[i]];
            }
        }

        return new HalfChunk(values, means, deviations);
    }

    // Columns whose new value is beyond the range of half precision get a larger deviation.
    private void Rescale(Span<float> z)
    {
        for (int column = 0; column < Columns; column++)
        {
            float factor = MathF.Abs(z[column]);
            if (!(factor > LargestHalf))
            {
                continue;
            }

            // In the new unit the new value is ±1.
            _deviations[column] *= factor;
            z[column] /= factor;
            for (int at = column; at < _values.Length; at += Columns)
            {
                _values[at] = (Half)((float)_values[at] / factor);
            }
        }
    }
}
