using System.Buffers;
using System.Diagnostics;
using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>
/// The features as they came, [rows, columns], float32, row by row in chunks of a few megabytes: it grows with the rows
/// read, without ever being copied as a whole and without the 2³¹ elements limit of one array.
/// </summary>
internal sealed class DesignMatrix : RowMatrix
{
    private const int ChunkElements = 1 << 20;

    /// <summary>
    /// Chunks of matrices that lived as long as a run: waiting for the collector, they would take several times the rows' size.
    /// </summary>
    private static readonly ArrayPool<float> s_chunks = ArrayPool<float>.Shared;

    /// <summary>Columns are taken out in place while at least this share stays; else a copy is small and gives memory back.</summary>
    private const double InPlaceShare = 0.5;

    private readonly List<float[]> _chunks;
    private readonly int _rowsPerChunk;

    // From one row to the next: the columns there were when the rows came in.
    private readonly int _stride;
    private readonly bool _isForARun;
    private int _rows;

    /// <param name="columns">Columns.</param>
    /// <param name="isForARun">Whether it is released when a run ends.</param>
    public DesignMatrix(int columns, bool isForARun = false)
    {
        Columns = _stride = columns;
        _isForARun = isForARun;
        _chunks = [];
        _rowsPerChunk = Math.Max(1, ChunkElements / Math.Max(1, columns));
    }

    // The rows of another matrix, whose first columns are those of this one.
    private DesignMatrix(DesignMatrix wider, int columns)
    {
        Columns = columns;
        (_stride, _chunks, _rowsPerChunk, _rows) = (wider._stride, wider._chunks, wider._rowsPerChunk, wider._rows);
    }

    public override int Columns { get; }

    public override int Rows => _rows;

    /// <summary>A new row of zeros (of anything, in memory that was used before), to be filled by the caller.</summary>
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
        var taken = new DesignMatrix(Columns);
        foreach (int row in rows)
        {
            Read(row, taken.AddRow());
        }

        return taken;
    }

    /// <summary>Gives the memory back, of a matrix for a run; nothing may read it any more.</summary>
    public void Release()
    {
        Debug.Assert(_isForARun, "The matrix is another's too.");
        _chunks.ForEach(chunk => s_chunks.Return(chunk));
        _chunks.Clear();
        _rows = 0;
    }

    /// <summary>No rows any more, but the memory for them.</summary>
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
