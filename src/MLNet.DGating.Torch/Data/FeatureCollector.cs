namespace MLNet.DGating.Torch;

/// <summary>
/// Features on their way in, row by row. They are kept sparse as long as that suits what has come, so that a dense matrix of sparse
/// rows is never made; the first rows that are dense turn it dense for good.
/// </summary>
internal sealed class FeatureCollector
{
    /// <summary>Fewer rows say nothing of the others.</summary>
    private const int TellingRows = 64;

    private readonly SparseRowBuilder _row = new();
    private SparseMatrix? _sparse;
    private DesignMatrix? _dense;

    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="mayBeSparse">Whether it may be kept sparse at all.</param>
    public FeatureCollector(int columns, bool mayBeSparse)
    {
        if (mayBeSparse && columns >= DGatingDefaults.SmallestSparseWidth)
        {
            _sparse = new SparseMatrix(columns);
        }
        else
        {
            _dense = new DesignMatrix(columns);
        }
    }

    public int Rows => _sparse?.Rows ?? _dense!.Rows;

    /// <summary>Appends a row that gives the value of every slot.</summary>
    /// <param name="values">The values.</param>
    /// <param name="columnOfSlot">The column of each slot.</param>
    public void Add(ReadOnlySpan<float> values, int[] columnOfSlot)
    {
        if (_sparse is null)
        {
            Span<float> row = _dense!.AddRow();
            for (int slot = 0; slot < values.Length; slot++)
            {
                row[columnOfSlot[slot]] = values[slot];
            }

            return;
        }

        _row.Clear();
        for (int slot = 0; slot < values.Length; slot++)
        {
            AddValue(columnOfSlot[slot], values[slot]);
        }

        AddSparseRow();
    }

    /// <summary>Appends a row that gives the values of some slots; the others are zero.</summary>
    /// <param name="values">The values.</param>
    /// <param name="slots">Their slots, ascending.</param>
    /// <param name="columnOfSlot">The column of each slot.</param>
    public void Add(ReadOnlySpan<float> values, ReadOnlySpan<int> slots, int[] columnOfSlot)
    {
        if (_sparse is null)
        {
            Span<float> row = _dense!.AddRow();
            for (int i = 0; i < values.Length; i++)
            {
                row[columnOfSlot[slots[i]]] = values[i];
            }

            return;
        }

        _row.Clear();
        for (int i = 0; i < values.Length; i++)
        {
            AddValue(columnOfSlot[slots[i]], values[i]);
        }

        AddSparseRow();
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

    private void AddValue(int column, float value)
    {
        if (value != 0)
        {
            _row.Add(column, value);
        }
    }

    private void AddSparseRow()
    {
        _sparse!.AddRow(_row.Columns, _row.Values);
        if (_sparse.Rows >= TellingRows && IsTooDense(_sparse))
        {
            TurnDense();
        }
    }

    private void TurnDense()
    {
        _dense = new DesignMatrix(_sparse!.Columns);
        for (int row = 0; row < _sparse.Rows; row++)
        {
            _sparse.Read(row, _dense.AddRow());
        }

        _sparse = null;
    }
}
