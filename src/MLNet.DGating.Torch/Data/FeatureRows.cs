namespace MLNet.DGating.Torch;

/// <summary>
/// Standardized rows for one run. The full matrix is shared between runs, and rows are standardized while a batch is gathered. As
/// groups leave, their columns are first skipped; a run takes a standardized copy of its own once few are left. So runs together
/// never need much more memory than the matrix, and what is copied is soon a small part of it. Nothing is copied of rows that are
/// replaced by others on the way.
/// </summary>
internal sealed class FeatureRows
{
    /// <summary>Surviving columns are copied once they are no more than this share of those they are read from: a copy costs as much as several passes over the rows, skipping columns a tenth of a step.</summary>
    private const double CopyShare = 0.2;

    private readonly FeatureMatrix _matrix;
    private readonly int[]? _columns;
    private readonly ColumnScaling? _scaling;
    private readonly bool _change;

    /// <param name="matrix">The rows.</param>
    /// <param name="scaling">How to standardize them; null when they already are.</param>
    /// <param name="change">Whether rows are replaced meanwhile.</param>
    public FeatureRows(FeatureMatrix matrix, ColumnScaling? scaling, bool change = false)
        : this(matrix, null, scaling, change)
    {
    }

    // The scaling is that of the columns.
    private FeatureRows(FeatureMatrix matrix, int[]? columns, ColumnScaling? scaling, bool change)
    {
        _matrix = matrix;
        _columns = columns;
        _scaling = scaling;
        _change = change;
    }

    public int Rows => _matrix.Rows;

    public int Columns => _columns?.Length ?? _matrix.Columns;

    public void Read(int row, Span<float> target)
    {
        if (_columns is not null)
        {
            _matrix.Read(row, _columns, target);
            _scaling?.Apply(target, target);
        }
        else if (_scaling is not null)
        {
            _matrix.Read(row, _scaling, target);
        }
        else
        {
            _matrix.Read(row, target);
        }
    }

    public FeatureRows Select(ReadOnlySpan<int> columns)
    {
        int[] ofMatrix = columns.ToArray();
        if (_columns is not null)
        {
            ofMatrix = Array.ConvertAll(ofMatrix, column => _columns[column]);
        }

        var selected = new FeatureRows(_matrix, ofMatrix, _scaling?.Select(columns), _change);
        return selected.Columns <= CopyShare * _matrix.Columns && !_change ? selected.Copy() : selected;
    }

    private FeatureRows Copy()
    {
        var copy = new DesignMatrix(Columns);
        for (int row = 0; row < Rows; row++)
        {
            Read(row, copy.AddRow());
        }

        return new FeatureRows(copy, null);
    }
}
