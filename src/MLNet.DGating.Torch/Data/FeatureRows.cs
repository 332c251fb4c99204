namespace MLNet.DGating.Torch;

/// <summary>
/// Standardized rows for one run. The full matrix is shared between runs, and rows are standardized while a batch is gathered. As
/// groups leave, their columns are first skipped; a run takes a standardized copy of its own once few are left. So runs together
/// never need much more memory than the matrix, and what is copied is soon a small part of it. Nothing is copied of rows that are
/// replaced by others on the way.
/// </summary>
internal sealed class FeatureRows : IDisposable
{
    /// <summary>Surviving columns are copied once they are no more than this share of those they are read from: a copy costs as much as several passes over the rows, skipping columns a tenth of a step.</summary>
    private const double CopyShare = 0.2;

    /// <summary>Of more rows than this a run does not see each often enough for a copy to pay: those of ten iterations.</summary>
    private const int LargestCopy = 10 * DGatingDefaults.MaximumStepsPerIteration * DGatingDefaults.LargestBatch;

    private readonly FeatureMatrix _matrix;
    private readonly int[]? _columns;
    private readonly ColumnScaling? _scaling;
    private readonly bool _change;
    private readonly DesignMatrix? _copy;

    /// <param name="matrix">The rows.</param>
    /// <param name="scaling">How to standardize them; null when they already are.</param>
    /// <param name="change">Whether rows are replaced meanwhile.</param>
    public FeatureRows(FeatureMatrix matrix, ColumnScaling? scaling, bool change = false)
        : this(matrix, null, scaling, change, null)
    {
    }

    // The scaling is that of the columns; the copy is the matrix, where the matrix is a copy.
    private FeatureRows(FeatureMatrix matrix, int[]? columns, ColumnScaling? scaling, bool change, DesignMatrix? copy)
    {
        _matrix = matrix;
        _columns = columns;
        _scaling = scaling;
        _change = change;
        _copy = copy;
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

    /// <summary>The same rows with only these columns, to be disposed by the run that they are for.</summary>
    public FeatureRows Select(ReadOnlySpan<int> columns)
    {
        int[] ofMatrix = columns.ToArray();
        if (_columns is not null)
        {
            ofMatrix = Array.ConvertAll(ofMatrix, column => _columns[column]);
        }

        var selected = new FeatureRows(_matrix, ofMatrix, _scaling?.Select(columns), _change, _copy);
        bool isCopied = selected.Columns <= CopyShare * _matrix.Columns && Rows <= LargestCopy && !_change;
        return isCopied ? selected.Copy() : selected;
    }

    /// <summary>The same, where these rows are a run's own and not used any more.</summary>
    public FeatureRows Keep(ReadOnlySpan<int> columns)
    {
        FeatureRows kept = Select(columns);
        if (kept._copy != _copy)
        {
            Dispose();
        }

        return kept;
    }

    /// <summary>Gives the memory of a copy back; of shared rows nothing.</summary>
    public void Dispose() => _copy?.Release();

    private FeatureRows Copy()
    {
        var copy = new DesignMatrix(Columns, isForARun: true);
        for (int row = 0; row < Rows; row++)
        {
            Read(row, copy.AddRow());
        }

        return new FeatureRows(copy, null, null, change: false, copy);
    }
}
