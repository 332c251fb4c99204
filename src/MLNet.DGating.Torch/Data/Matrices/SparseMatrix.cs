namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Rows of which most values are zero, such as word counts: of every row the other values with their columns, ascending.</summary>
/// <remarks>
/// It grows with the rows read, in chunks that are never copied. A column of which every row stores a value, zero or not, is whole: that
/// one can be centred without a value where none is stored.
/// </remarks>
internal sealed class SparseMatrix(int columns) : FeatureMatrix
{
    private const int SmallestChunk = 1 << 10, LargestChunk = 1 << 18;

    /// <summary>
    /// Columns that are zero in less than half of the rows are stored whole: without centring they would be a second bias, the larger the
    /// fewer zeros there are.
    /// </summary>
    private const double WholeShare = 0.5;

    private readonly List<(int[] Columns, float[] Values)> _chunks = [];
    private readonly List<(int Chunk, int Start, int Count)> _rows = [];
    private readonly int[] _stored = new int[columns];
    private int _used;

    public override int Rows => _rows.Count;

    public override int Columns { get; } = columns;

    /// <summary>Values stored.</summary>
    public long Entries { get; private set; }

    /// <summary>The share of values that are stored.</summary>
    public double Density => Entries / Math.Max(1, Rows * (double)Columns);

    /// <summary>Whether every row stores a value of this column.</summary>
    public bool IsWhole(int column) => _stored[column] == Rows;

    /// <summary>Appends a row of these values in these columns, no column twice, in any order.</summary>
    public void AddRow(ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        if (_chunks.Count == 0 || _used + columns.Length > _chunks[^1].Columns.Length)
        {
            // As much again as there is, within bounds.
            int size = Math.Max((int)Math.Clamp(Entries, SmallestChunk, LargestChunk), columns.Length);
            _chunks.Add((new int[size], new float[size]));
            _used = 0;
        }

        Span<int> columnsOfRow = _chunks[^1].Columns.AsSpan(_used, columns.Length);
        Span<float> valuesOfRow = _chunks[^1].Values.AsSpan(_used, columns.Length);
        columns.CopyTo(columnsOfRow);
        values.CopyTo(valuesOfRow);
        bool isAscending = true;
        for (int i = 0; i < columnsOfRow.Length; i++)
        {
            _stored[columnsOfRow[i]]++;
            isAscending &= i == 0 || columnsOfRow[i - 1] < columnsOfRow[i];
        }

        if (!isAscending)
        {
            columnsOfRow.Sort(valuesOfRow);
        }

        _rows.Add((_chunks.Count - 1, _used, columns.Length));
        _used += columns.Length;
        Entries += columns.Length;
    }

    public SparseRow Row(int row)
    {
        (int chunk, int start, int count) = _rows[row];
        return new SparseRow(_chunks[chunk].Columns.AsSpan(start, count), _chunks[chunk].Values.AsSpan(start, count));
    }

    public override void Read(int row, Span<float> target)
    {
        target.Clear();
        SparseRow entries = Row(row);
        for (int i = 0; i < entries.Columns.Length; i++)
        {
            target[entries.Columns[i]] = entries.Values[i];
        }
    }

    public override void Read(int row, ReadOnlySpan<int> columns, Span<float> target)
    {
        SparseRow entries = Row(row);
        for (int i = 0; i < columns.Length; i++)
        {
            int at = entries.Columns.BinarySearch(columns[i]);
            target[i] = at < 0 ? 0 : entries.Values[at];
        }
    }

    public override SparseMatrix Select(ReadOnlySpan<int> columns)
    {
        var places = new int[Columns];
        Array.Fill(places, -1);
        for (int i = 0; i < columns.Length; i++)
        {
            places[columns[i]] = i;
        }

        var selected = new SparseMatrix(columns.Length);
        var row = new SparseRowBuilder();
        for (int i = 0; i < Rows; i++)
        {
            row.Clear();
            SparseRow entries = Row(i);
            for (int k = 0; k < entries.Columns.Length; k++)
            {
                int place = places[entries.Columns[k]];
                if (place >= 0)
                {
                    row.Add(place, entries.Values[k]);
                }
            }

            selected.AddRow(row.Columns, row.Values);
        }

        return selected;
    }

    public override SparseMatrix Take(ReadOnlySpan<int> rows)
    {
        var taken = new SparseMatrix(Columns);
        foreach (int row in rows)
        {
            SparseRow entries = Row(row);
            taken.AddRow(entries.Columns, entries.Values);
        }

        return taken;
    }

    /// <summary>The same values, with every column whole that is stored for more than half of the rows.</summary>
    public SparseMatrix Complete()
    {
        int[] nearlyWhole = [.. Enumerable.Range(0, Columns).Where(column => !IsWhole(column) && _stored[column] > WholeShare * Rows)];
        if (nearlyWhole.Length == 0)
        {
            return this;
        }

        var complete = new SparseMatrix(Columns);
        var row = new SparseRowBuilder();
        for (int i = 0; i < Rows; i++)
        {
            row.Clear();
            SparseRow entries = Row(i);
            row.AddRange(entries);
            foreach (int column in nearlyWhole)
            {
                if (entries.Columns.BinarySearch(column) < 0)
                {
                    row.Add(column, 0);
                }
            }

            complete.AddRow(row.Columns, row.Values);
        }

        return complete;
    }
}
