namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Features on their way in, row by row.</summary>
/// <remarks>
/// They are kept sparse as long as that suits what has come, so that a dense matrix of sparse rows is never made; the first rows that are
/// dense turn it dense for good. Dense rows may be replaced by others.
/// </remarks>
internal sealed class FeatureCollector
{
    /// <summary>Fewer rows say nothing of the others.</summary>
    private const int TellingRows = 64;

    private readonly SparseRowBuilder _row = new();
    private readonly Func<RowMatrix> _newMatrix;
    private SparseMatrix? _sparse;
    private RowMatrix? _dense;

    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="mayBeSparse">Whether it may be kept sparse at all.</param>
    /// <param name="newMatrix">Makes what dense rows are written to.</param>
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

    /// <summary>Whether rows are kept sparse so far, and are to be added so.</summary>
    public bool IsSparse => _sparse is not null;

    /// <summary>Appends a row while they are kept sparse. What is not given is zero.</summary>
    /// <param name="values">The values.</param>
    /// <param name="slots">Their slots, ascending; empty where the values are those of all slots.</param>
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
        if (_sparse.Rows >= TellingRows && IsTooDense(_sparse))
        {
            TurnDense();
        }
    }

    /// <summary>Writes a row, behind the others or in place of one, once they are dense.</summary>
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

    /// <summary>The rows so far, sparse only if that suits them.</summary>
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
        var values = new float[_sparse!.Columns];
        for (int row = 0; row < _sparse.Rows; row++)
        {
            _sparse.Read(row, values);
            _dense.Add(values);
        }

        _sparse = null;
    }
}
