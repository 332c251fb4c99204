using System.Diagnostics;

namespace MLNet.DGating.Torch;

/// <summary>
/// The features as they came, [rows, columns], float32, row by row in chunks of a few megabytes: it grows with the rows
/// read, without ever being copied as a whole and without the 2³¹ elements limit of one array.
/// </summary>
internal sealed class DesignMatrix
{
    private const int ChunkElements = 1 << 20;
    private readonly List<float[]> _chunks = [];
    private readonly int _rowsPerChunk;

    public DesignMatrix(int columns)
    {
        Columns = columns;
        _rowsPerChunk = Math.Max(1, ChunkElements / Math.Max(1, columns));
    }

    public int Columns { get; }

    public int Rows { get; private set; }

    /// <summary>A new row of zeros, to be filled by the caller.</summary>
    public Span<float> AddRow()
    {
        if (Rows == _chunks.Count * _rowsPerChunk)
        {
            _chunks.Add(new float[_rowsPerChunk * Columns]);
        }

        Rows++;
        return MutableRow(Rows - 1);
    }

    public ReadOnlySpan<float> Row(int row) => MutableRow(row);

    /// <summary>The same rows with only these columns.</summary>
    public DesignMatrix Select(ReadOnlySpan<int> columns)
    {
        var selected = new DesignMatrix(columns.Length);
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<float> source = Row(row);
            Span<float> target = selected.AddRow();
            for (int i = 0; i < columns.Length; i++)
            {
                target[i] = source[columns[i]];
            }
        }

        return selected;
    }

    public Span<float> MutableRow(int row)
    {
        Debug.Assert((uint)row < (uint)Rows, "Row out of range.");
        (int chunk, int within) = Math.DivRem(row, _rowsPerChunk);
        return _chunks[chunk].AsSpan(within * Columns, Columns);
    }
}
