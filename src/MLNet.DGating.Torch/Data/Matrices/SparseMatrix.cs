namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Stores rows of which most values are zero, such as word counts, as the other values with their columns.</summary>
/// <remarks>
/// The columns of a row ascend. The matrix grows with the rows that are read, in chunks that are never copied. A column is <em>whole</em>
/// where every row stores a value of it, zero or not; such a column can be centred without storing more values.
/// </remarks>
/// <param name="columns">The number of columns.</param>
/// <param name="isIndicator">Whether each column indicates missing values of the one before; null where no value is missing.</param>
internal sealed class SparseMatrix(int columns, bool[]? isIndicator = null) : FeatureMatrix
{
    private const int SmallestChunk = 1 << 10, LargestChunk = 1 << 18;

    /// <summary>Share of the rows above which a column's stored values are completed by its zeros.</summary>
    /// <remarks>Without centring, such a column would act as a second bias, the more so the fewer zeros it has.</remarks>
    private const double WholeShare = 0.5;

    private readonly List<(int[] Columns, float[] Values)> _chunks = [];
    private readonly List<(int Chunk, int Start, int Count)> _rows = [];
    private readonly int[] _stored = new int[columns];
    private int _used;

    public override int Rows => _rows.Count;

    public override bool HasMissing => isIndicator is not null;

    public override bool IsIndicator(int column) => isIndicator?[column] == true;

    public override int Columns { get; } = columns;

    /// <summary>The number of values that are stored.</summary>
    public long Entries { get; private set; }

    /// <summary>The share of values that are stored.</summary>
    public double Density => Entries / Math.Max(1, Rows * (double)Columns);

    /// <summary>Whether every row stores a value of this column.</summary>
    public bool IsWhole(int column) => _stored[column] == Rows;

    /// <summary>Appends a row.</summary>
    /// <param name="columns">The columns of the values in any order, none of them twice.</param>
    /// <param name="values">The values of these columns; all others are zero.</param>
    public void AddRow(ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        if (_chunks.Count == 0 || _used + columns.Length > _chunks[^1].Columns.Length)
        {
            // The memory doubles, within bounds.
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
        int[] places = new int[Columns];
        Array.Fill(places, -1);
        for (int i = 0; i < columns.Length; i++)
        {
            places[columns[i]] = i;
        }

        var selected = new SparseMatrix(
            columns.Length, isIndicator is null ? null : Array.ConvertAll(columns.ToArray(), column => isIndicator[column]));
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
        var taken = new SparseMatrix(Columns, isIndicator);
        foreach (int row in rows)
        {
            SparseRow entries = Row(row);
            taken.AddRow(entries.Columns, entries.Values);
        }

        return taken;
    }

    /// <summary>Gives the same rows with further columns that indicate which values are missing, and with these columns alone.</summary>
    /// <param name="columnsToShow">
    /// For each column that of these rows which it shows, or the complement (~) of that which it indicates.
    /// </param>
    public SparseMatrix WithIndicators(int[] columnsToShow)
    {
        int[] places = new int[Columns], indicators = new int[Columns];
        Array.Fill(places, -1);
        Array.Fill(indicators, -1);
        for (int i = 0; i < columnsToShow.Length; i++)
        {
            int column = columnsToShow[i];
            (column < 0 ? indicators : places)[column < 0 ? ~column : column] = i;
        }

        var shown = new SparseMatrix(columnsToShow.Length, Array.ConvertAll(columnsToShow, column => column < 0));
        var row = new SparseRowBuilder();
        for (int i = 0; i < Rows; i++)
        {
            row.Clear();
            SparseRow entries = Row(i);
            for (int k = 0; k < entries.Columns.Length; k++)
            {
                int column = entries.Columns[k];
                if (places[column] >= 0)
                {
                    row.Add(places[column], entries.Values[k]);
                }

                if (indicators[column] >= 0 && float.IsNaN(entries.Values[k]))
                {
                    row.Add(indicators[column], 1);
                }
            }

            shown.AddRow(row.Columns, row.Values);
        }

        return shown;
    }

    /// <summary>Gives the same values, with zeros added so that columns stored for more than half of the rows are whole.</summary>
    public SparseMatrix Complete()
    {
        int[] nearlyWhole = [.. Enumerable.Range(0, Columns).Where(column => !IsWhole(column) && _stored[column] > WholeShare * Rows)];
        if (nearlyWhole.Length == 0)
        {
            return this;
        }

        var complete = new SparseMatrix(Columns, isIndicator);
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
