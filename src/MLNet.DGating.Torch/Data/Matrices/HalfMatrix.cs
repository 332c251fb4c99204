namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Stores dense features [rows, columns] in half precision, as distances from the column's mean in deviations.</summary>
/// <remarks>
/// So a column of years or incomes loses no more than one around zero: 2⁻¹¹ of the distance. Means and deviations are those of the chunk of
/// rows that a value was read with, so no pass over all rows is needed before.
/// </remarks>
internal sealed class HalfMatrix : RowMatrix
{
    private const int ChunkElements = 1 << 16;

    /// <summary>Fewest rows of a chunk. Its means and deviations should be a small part of it.</summary>
    private const int SmallestChunk = 64;

    private readonly List<HalfChunk> _chunks;
    private readonly int _rowsPerChunk;

    // The rows behind the chunks, in full precision, until there are enough for another chunk.
    private readonly DesignMatrix _last;

    public HalfMatrix(int columns)
    {
        Columns = columns;
        _chunks = [];
        _rowsPerChunk = Math.Max(SmallestChunk, ChunkElements / Math.Max(1, columns));
        _last = new DesignMatrix(columns);
    }

    // Takes over the chunks of another matrix.
    private HalfMatrix(int columns, List<HalfChunk> chunks, int rowsPerChunk, DesignMatrix last)
    {
        Columns = columns;
        (_chunks, _rowsPerChunk, _last) = (chunks, rowsPerChunk, last);
    }

    public override int Columns { get; }

    public override int Rows => _chunks.Count * _rowsPerChunk + _last.Rows;

    public override void Add(ReadOnlySpan<float> values)
    {
        _last.Add(values);
        if (_last.Rows == _rowsPerChunk)
        {
            _chunks.Add(new HalfChunk(_last));
            _last.Clear();
        }
    }

    public override void Replace(int row, ReadOnlySpan<float> values)
    {
        (int chunk, int within) = Math.DivRem(row, _rowsPerChunk);
        if (chunk < _chunks.Count)
        {
            _chunks[chunk].Replace(within, values);
        }
        else
        {
            _last.Replace(within, values);
        }
    }

    public override void Truncate(int rows)
    {
        (int chunks, int rest) = Math.DivRem(rows, _rowsPerChunk);
        if (chunks < _chunks.Count)
        {
            // The first rows of a chunk are the last ones now.
            _last.Clear();
            for (int i = 0; i < rest; i++)
            {
                _chunks[chunks].Read(i, _last.AddRow());
            }

            _chunks.RemoveRange(chunks, _chunks.Count - chunks);
        }

        _last.Truncate(rest);
    }

    public override void Read(int row, Span<float> target)
    {
        (int chunk, int within) = Math.DivRem(row, _rowsPerChunk);
        if (chunk < _chunks.Count)
        {
            _chunks[chunk].Read(within, target);
        }
        else
        {
            _last.Read(within, target);
        }
    }

    public override void Read(int row, ReadOnlySpan<int> columns, Span<float> target)
    {
        (int chunk, int within) = Math.DivRem(row, _rowsPerChunk);
        if (chunk < _chunks.Count)
        {
            _chunks[chunk].Read(within, columns, target);
        }
        else
        {
            _last.Read(within, columns, target);
        }
    }

    public override HalfMatrix Select(ReadOnlySpan<int> columns)
    {
        var selected = new HalfMatrix(columns.Length);
        float[] values = new float[columns.Length];
        for (int row = 0; row < Rows; row++)
        {
            Read(row, columns, values);
            selected.Add(values);
        }

        return selected;
    }

    public override HalfMatrix Keep(ReadOnlySpan<int> columns)
    {
        // Every new chunk replaces the one it is made from, so only one chunk exists twice at a time.
        for (int i = 0; i < _chunks.Count; i++)
        {
            _chunks[i] = _chunks[i].Select(columns);
        }

        return new HalfMatrix(columns.Length, _chunks, _rowsPerChunk, _last.Select(columns));
    }

    public override HalfMatrix Take(ReadOnlySpan<int> rows)
    {
        var taken = new HalfMatrix(Columns);
        float[] values = new float[Columns];
        foreach (int row in rows)
        {
            Read(row, values);
            taken.Add(values);
        }

        return taken;
    }
}
