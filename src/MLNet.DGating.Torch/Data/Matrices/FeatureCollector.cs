namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Collects features row by row, sparse or dense.</summary>
/// <remarks>
/// Rows are kept sparse as long as their density allows, so that a dense matrix of sparse rows is never made. Once they are too dense all
/// rows become dense, and stay so. Dense rows may be replaced by others.
/// </remarks>
internal sealed class FeatureCollector
{
    /// <summary>Fewest rows whose density is taken for that of all rows.</summary>
    private const int SmallestSample = 64;

    private readonly SparseRowBuilder _row = new();
    private readonly Func<RowMatrix> _newMatrix;
    private SparseMatrix? _sparse;
    private RowMatrix? _dense;

    /// <param name="columns">The number of columns.</param>
    /// <param name="mayBeSparse">Whether rows may be kept sparse.</param>
    /// <param name="newMatrix">Creates the matrix that dense rows are written to.</param>
    public FeatureCollector(int columns, bool mayBeSparse, Func<RowMatrix> newMatrix)
    {
        _newMatrix = newMatrix;
        if (mayBeSparse && columns >= DGatingDefaults.SmallestSparseWidth)
        {
            _sparse = new SparseMatrix(columns);
        }
        else
        {
            _dense = newMatrix();
        }
    }

    public int Rows => _sparse?.Rows ?? _dense!.Rows;

    /// <summary>Whether rows are kept sparse so far; then <see cref="Add"/> takes them, else <see cref="Put"/>.</summary>
    public bool IsSparse => _sparse is not null;

    /// <summary>Appends a sparse row. Values that are not given are zero.</summary>
    /// <param name="values">The values of the row.</param>
    /// <param name="slots">The slots of the values, ascending; empty where the values are those of all slots.</param>
    /// <param name="columnOfSlot">The column of each slot.</param>
    public void Add(ReadOnlySpan<float> values, ReadOnlySpan<int> slots, ReadOnlySpan<int> columnOfSlot)
    {
        _row.Clear();
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != 0)
            {
                _row.Add(columnOfSlot[slots.IsEmpty ? i : slots[i]], values[i]);
            }
        }

        _sparse!.AddRow(_row.Columns, _row.Values);
        if (_sparse.Rows >= SmallestSample && IsTooDense(_sparse))
        {
            TurnDense();
        }
    }

    /// <summary>Writes a dense row behind the others, or in place of one of them.</summary>
    /// <param name="place">The number of the row, at most <see cref="Rows"/>.</param>
    /// <param name="row">The values of all columns.</param>
    public void Put(int place, ReadOnlySpan<float> row)
    {
        if (place == Rows)
        {
            _dense!.Add(row);
        }
        else
        {
            _dense!.Replace(place, row);
        }
    }

    /// <summary>Keeps these dense rows alone, in place.</summary>
    /// <param name="rows">The numbers of the rows, ascending.</param>
    public void KeepRows(int[] rows) => _dense!.KeepRows(rows);

    /// <summary>Gives the rows so far, sparse if their density allows.</summary>
    public FeatureMatrix ToMatrix()
    {
        if (_sparse is not null && IsTooDense(_sparse))
        {
            TurnDense();
        }

        return _sparse is null ? _dense! : _sparse.Complete();
    }

    private static bool IsTooDense(SparseMatrix matrix) => matrix.Density > DGatingDefaults.LargestSparseDensity;

    private void TurnDense()
    {
        _dense = _newMatrix();
        float[] values = new float[_sparse!.Columns];
        for (int row = 0; row < _sparse.Rows; row++)
        {
            _sparse.Read(row, values);
            _dense.Add(values);
        }

        _sparse = null;
    }
}
