namespace MLNet.DGating.Torch;

/// <summary>
/// Standardized rows for one run. The full matrix is shared between runs, and rows are standardized while a batch is gathered. As
/// groups leave, their columns are first skipped; a run takes a standardized copy of its own once few are left. So runs together
/// never need much more memory than the matrix, and what is copied is soon a small part of it.
/// </summary>
internal sealed class FeatureRows
{
    /// <summary>Surviving columns are copied once they are no more than this share of those they are read from: a copy costs as much as several passes over the rows, skipping columns a tenth of a step.</summary>
    private const double CopyShare = 0.2;

    /// <summary>Where more than this share of the survivors' values is not zero, dense products are faster (measured between 20 and 30 %).</summary>
    private const double SparseShare = 0.2;

    private readonly FeatureMatrix _matrix;
    private readonly int[]? _columns;
    private readonly ColumnScaling? _scaling;

    /// <param name="matrix">The rows.</param>
    /// <param name="scaling">How to standardize them; null when they already are.</param>
    public FeatureRows(FeatureMatrix matrix, ColumnScaling? scaling)
        : this(matrix, null, scaling)
    {
    }

    // The scaling is that of the columns.
    private FeatureRows(FeatureMatrix matrix, int[]? columns, ColumnScaling? scaling)
    {
        _matrix = matrix;
        _columns = columns;
        _scaling = scaling;
    }

    public FeatureMatrix Matrix => _matrix;

    /// <summary>How they are standardized; null when they already are.</summary>
    public ColumnScaling? Scaling => _scaling;

    public int Rows => _matrix.Rows;

    public int Columns => _columns?.Length ?? _matrix.Columns;

    /// <summary>Whether of every row only the values other than zero are kept.</summary>
    public bool IsSparse => _matrix is SparseMatrix;

    /// <summary>What is kept of a row, raw; for sparse rows.</summary>
    public SparseRow Sparse(int row) => ((SparseMatrix)_matrix).Row(row);

    /// <summary>The standardized values of what is kept of a row.</summary>
    public void Read(SparseRow row, Span<float> target)
    {
        if (_scaling is null)
        {
            row.Values.CopyTo(target);
        }
        else
        {
            _scaling.Apply(row, target);
        }
    }

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

    /// <summary>The column of the matrix that a column is.</summary>
    public int MatrixColumn(int column) => _columns?[column] ?? column;

    public FeatureRows Select(ReadOnlySpan<int> columns)
    {
        if (_matrix is SparseMatrix sparse)
        {
            // A copy costs less than a step, and the survivors of sparse columns are denser: the rarest leave first.
            SparseMatrix survivors = sparse.Select(columns);
            var rows = new FeatureRows(survivors, _scaling?.Select(columns));
            return survivors.Density <= SparseShare ? rows : rows.Copy();
        }

        FeatureRows selected = View(columns);
        return selected.Columns <= CopyShare * _matrix.Columns ? selected.Copy() : selected;
    }

    /// <summary>These columns alone, read from where they are, however few they are: on a device, where the matrix stays whole.</summary>
    public FeatureRows View(ReadOnlySpan<int> columns)
    {
        int[] ofMatrix = columns.ToArray();
        if (_columns is not null)
        {
            ofMatrix = Array.ConvertAll(ofMatrix, column => _columns[column]);
        }

        return new FeatureRows(_matrix, ofMatrix, _scaling?.Select(columns));
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
