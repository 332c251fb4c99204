using System.Buffers;
using System.Diagnostics;
using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Stores dense features [rows, columns] in float32, row by row.</summary>
/// <remarks>
/// Its chunks of a few megabytes grow with the rows that are read, without a copy of the whole matrix and without the limit of 2³¹ elements
/// of a single array.
/// </remarks>
internal sealed class DesignMatrix : RowMatrix
{
    private const int ChunkElements = 1 << 20;

    /// <summary>The pool of the chunks of matrices that live as long as a run.</summary>
    /// <remarks>Chunks that wait for the garbage collector would take several times the memory of the rows.</remarks>
    private static readonly ArrayPool<float> s_chunks = ArrayPool<float>.Shared;

    /// <summary>Least share of the columns at which others are removed in place; below it a copy is small and frees memory.</summary>
    private const double InPlaceShare = 0.5;

    private readonly List<float[]> _chunks;
    private readonly int _rowsPerChunk;

    // The distance from one row to the next, which is the number of columns when the rows were read.
    private readonly int _stride;
    private readonly bool _isForARun;
    private int _rows;

    /// <param name="columns">The number of columns.</param>
    /// <param name="isForARun">Whether the matrix is released when a run ends.</param>
    public DesignMatrix(int columns, bool isForARun = false)
    {
        Columns = _stride = columns;
        _isForARun = isForARun;
        _chunks = [];
        _rowsPerChunk = Math.Max(1, ChunkElements / Math.Max(1, columns));
    }

    // Shares the rows of another matrix, whose first columns are those of this one.
    private DesignMatrix(DesignMatrix wider, int columns)
    {
        Columns = columns;
        (_stride, _chunks, _rowsPerChunk, _rows) = (wider._stride, wider._chunks, wider._rowsPerChunk, wider._rows);
    }

    public override int Columns { get; }

    public override int Rows => _rows;

    /// <summary>Adds a row that the caller must fill; it may hold old values.</summary>
    public Span<float> AddRow()
    {
        if (_rows == _chunks.Count * _rowsPerChunk)
        {
            _chunks.Add(NewChunk());
        }

        return MutableRow(_rows++);
    }

    public override void Add(ReadOnlySpan<float> values) => values.CopyTo(AddRow());

    public override void Replace(int row, ReadOnlySpan<float> values) => values.CopyTo(MutableRow(row));

    public override void Truncate(int rows)
    {
        int chunks = (rows + _rowsPerChunk - 1) / _rowsPerChunk;
        _chunks.RemoveRange(chunks, _chunks.Count - chunks);
        _rows = rows;
    }

    public ReadOnlySpan<float> Row(int row)
    {
        Debug.Assert((uint)row < (uint)_rows, "Row out of range.");
        return MutableRow(row);
    }

    public override void Read(int row, Span<float> target) => Row(row).CopyTo(target);

    public override void Read(int row, ReadOnlySpan<int> columns, Span<float> target)
    {
        ReadOnlySpan<float> source = Row(row);
        for (int i = 0; i < columns.Length; i++)
        {
            target[i] = source[columns[i]];
        }
    }

    public override void Read(int row, InputEncoding encoding, Span<float> target) => encoding.Encode(Row(row), target);

    public override DesignMatrix Select(ReadOnlySpan<int> columns)
    {
        var selected = new DesignMatrix(columns.Length);
        for (int row = 0; row < _rows; row++)
        {
            Read(row, columns, selected.AddRow());
        }

        return selected;
    }

    public override DesignMatrix Keep(ReadOnlySpan<int> columns)
    {
        if (columns.Length < InPlaceShare * Columns)
        {
            return Select(columns);
        }

        for (int row = 0; row < _rows; row++)
        {
            // Columns ascend: none is overwritten before it is read.
            Span<float> values = MutableRow(row);
            for (int i = 0; i < columns.Length; i++)
            {
                values[i] = values[columns[i]];
            }
        }

        return new DesignMatrix(this, columns.Length);
    }

    public override DesignMatrix Take(ReadOnlySpan<int> rows)
    {
        var taken = new DesignMatrix(Columns, isForARun: true);
        foreach (int row in rows)
        {
            Read(row, taken.AddRow());
        }

        return taken;
    }

    public override void Release()
    {
        Debug.Assert(_isForARun, "The matrix is shared.");
        _chunks.ForEach(chunk => s_chunks.Return(chunk));
        _chunks.Clear();
        _rows = 0;
    }

    /// <summary>Removes all rows and keeps their memory.</summary>
    public void Clear() => _rows = 0;

    private float[] NewChunk()
    {
        int elements = _rowsPerChunk * _stride;
        return _isForARun ? s_chunks.Rent(elements) : new float[elements];
    }

    private Span<float> MutableRow(int row)
    {
        (int chunk, int within) = Math.DivRem(row, _rowsPerChunk);
        return _chunks[chunk].AsSpan(within * _stride, Columns);
    }
}
