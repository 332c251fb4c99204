namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Features in half precision, half the memory: of each value its distance from the mean of its column, in deviations.</summary>
/// <remarks>
/// So a year or an income loses no more than a column around zero: 2⁻¹¹ of that distance. Means and deviations are those of the chunk of
/// rows that a value came in with, and need no reading of all rows before.
/// </remarks>
internal sealed class HalfMatrix : RowMatrix
{
    private const int ChunkElements = 1 << 16;

    /// <summary>Each chunk has means and deviations of its own, which should be a small part of it.</summary>
    private const int SmallestChunk = 64;

    private readonly List<HalfChunk> _chunks;
    private readonly int _rowsPerChunk;

    // The rows behind the chunks, as they came, until there are enough for another chunk.
    private readonly DesignMatrix _last;

    public HalfMatrix(int columns)
    {
        Columns = columns;
        _chunks = [];
        _rowsPerChunk = Math.Max(SmallestChunk, ChunkElements / Math.Max(1, columns));
        _last = new DesignMatrix(columns);
    }

    // The rows of another matrix with other columns.
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
        var values = new float[columns.Length];
        for (int row = 0; row < Rows; row++)
        {
            Read(row, columns, values);
            selected.Add(values);
        }

        return selected;
    }

    public override HalfMatrix Keep(ReadOnlySpan<int> columns)
    {
        // A chunk at a time, each of which takes the place of the one it is made from.
        for (int i = 0; i < _chunks.Count; i++)
        {
            _chunks[i] = _chunks[i].Select(columns);
        }

        return new HalfMatrix(columns.Length, _chunks, _rowsPerChunk, _last.Select(columns));
    }

    public override HalfMatrix Take(ReadOnlySpan<int> rows)
    {
        var taken = new HalfMatrix(Columns);
        var values = new float[Columns];
        foreach (int row in rows)
        {
            Read(row, values);
            taken.Add(values);
        }

        return taken;
    }
}
