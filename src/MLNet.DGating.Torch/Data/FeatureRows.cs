namespace MLNet.DGating.Torch;

/// <summary>
/// Standardized rows for one run. The full matrix is shared between runs and standardized while a batch is gathered;
/// once groups have left, a run keeps a standardized copy of the surviving columns only, and all later work is that much less.
/// </summary>
internal sealed class FeatureRows
{
    private readonly DesignMatrix _matrix;
    private readonly ColumnScaling? _scaling;

    /// <param name="matrix">The rows.</param>
    /// <param name="scaling">How to standardize them; null when they already are.</param>
    public FeatureRows(DesignMatrix matrix, ColumnScaling? scaling)
    {
        _matrix = matrix;
        _scaling = scaling;
    }

    public DesignMatrix Matrix => _matrix;

    /// <summary>How they are standardized; null when they already are.</summary>
    public ColumnScaling? Scaling => _scaling;

    public int Rows => _matrix.Rows;

    public int Columns => _matrix.Columns;

    public void Read(int row, Span<float> target)
    {
        ReadOnlySpan<float> source = _matrix.Row(row);
        if (_scaling is null)
        {
            source.CopyTo(target);
        }
        else
        {
            _scaling.Apply(source, target);
        }
    }

    public FeatureRows Select(ReadOnlySpan<int> columns)
    {
        DesignMatrix selected = _matrix.Select(columns);
        if (_scaling is not null)
        {
            ColumnScaling scaling = _scaling.Select(columns);
            for (int row = 0; row < selected.Rows; row++)
            {
                Span<float> values = selected.MutableRow(row);
                scaling.Apply(values, values);
            }
        }

        return new FeatureRows(selected, null);
    }
}
