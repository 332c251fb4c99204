using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Holds the sparse features z_ij of one step by row and, transposed, by column.</summary>
/// <remarks>
/// Both products of the first layer are then sums of a few rows of a matrix: h_i = Σ_j z_ij w_j over the columns of a row, and
/// g_j = Σ_i z_ij δ_i over the rows of a column.
/// </remarks>
internal sealed class SparseBatch
{
    private readonly int[] _rowStarts;
    private readonly int[] _place;
    private int[] _columns = [];
    private float[] _values = [];
    private int[] _occurring = [];
    private int[] _columnStarts = [0];
    private int[] _rowsOfColumns = [];
    private float[] _valuesOfColumns = [];
    private int[] _written = [];
    private int _occurringCount;
    private int _writtenCount;

    public SparseBatch(int rows, int columns)
    {
        _rowStarts = new int[rows + 1];
        _place = new int[columns];
        Array.Fill(_place, -1);
    }

    /// <summary>The columns for which a row of the batch stores a value, in no particular order.</summary>
    public ReadOnlySpan<int> Occurring => _occurring.AsSpan(0, _occurringCount);

    /// <summary>Reads these rows; −1 is a row of zeros.</summary>
    public void Load(FeatureRows features, ReadOnlySpan<int> rows)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            int at = _rowStarts[i], count = 0;
            if (rows[i] >= 0)
            {
                SparseRow row = features.Sparse(rows[i]);
                count = row.Columns.Length;
                Reserve(at + count);
                row.Columns.CopyTo(_columns.AsSpan(at));
                features.Read(row, _values.AsSpan(at, count));
            }

            _rowStarts[i + 1] = at + count;
        }

        Transpose();
    }

    /// <summary>Computes target = z · weights.</summary>
    public void Multiply(CpuMatrix weights, CpuMatrix target)
    {
        for (int i = 0; i < target.Rows; i++)
        {
            Range entries = _rowStarts[i].._rowStarts[i + 1];
            RowSum.Weighted(weights, _columns.AsSpan(entries), _values.AsSpan(entries), target, i);
        }
    }

    /// <summary>Computes target = zᵀ · slopes.</summary>
    /// <remarks>
    /// The target must be the same matrix in every call: only its rows that are not zero now, or were not after the last call, are written.
    /// </remarks>
    public void MultiplyTransposed(CpuMatrix slopes, CpuMatrix target)
    {
        foreach (int column in _written.AsSpan(0, _writtenCount))
        {
            target.Span.Slice(column * target.Columns, target.Columns).Clear();
        }

        for (int k = 0; k < _occurringCount; k++)
        {
            Range entries = _columnStarts[k].._columnStarts[k + 1];
            RowSum.Weighted(slopes, _rowsOfColumns.AsSpan(entries), _valuesOfColumns.AsSpan(entries), target, _occurring[k]);
        }

        Array.Resize(ref _written, _occurring.Length);
        Occurring.CopyTo(_written);
        _writtenCount = _occurringCount;
    }

    // Sorts the values by column, by counting.
    private void Transpose()
    {
        int entries = _rowStarts[^1];
        _occurringCount = 0;
        for (int i = 0; i < entries; i++)
        {
            ref int place = ref _place[_columns[i]];
            if (place < 0)
            {
                place = _occurringCount++;
                _occurring[place] = _columns[i];
                _columnStarts[place + 1] = 0;
            }

            _columnStarts[place + 1]++;
        }

        for (int k = 0; k < _occurringCount; k++)
        {
            _columnStarts[k + 1] += _columnStarts[k];
        }

        // Filling from the back leaves the starts at their final values without a copy of them.
        for (int row = _rowStarts.Length - 2; row >= 0; row--)
        {
            for (int i = _rowStarts[row]; i < _rowStarts[row + 1]; i++)
            {
                int at = --_columnStarts[_place[_columns[i]] + 1];
                _rowsOfColumns[at] = row;
                _valuesOfColumns[at] = _values[i];
            }
        }

        // Every start now has the value of its own column, but is stored one place too far to the right.
        _columnStarts.AsSpan(1, _occurringCount).CopyTo(_columnStarts);
        _columnStarts[_occurringCount] = entries;
        foreach (int column in Occurring)
        {
            _place[column] = -1;
        }
    }

    private void Reserve(int entries)
    {
        if (_columns.Length < entries)
        {
            int size = Math.Max(entries, 2 * _columns.Length);
            Array.Resize(ref _columns, size);
            Array.Resize(ref _values, size);
            Array.Resize(ref _rowsOfColumns, size);
            Array.Resize(ref _valuesOfColumns, size);
            Array.Resize(ref _occurring, size);
            Array.Resize(ref _columnStarts, size + 1);
        }
    }
}
