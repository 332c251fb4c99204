using System.Buffers;
using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Raw features, [rows, columns], however they are kept. Read from several threads at once.</summary>
internal abstract class FeatureMatrix
{
    public abstract int Rows { get; }

    public abstract int Columns { get; }

    /// <summary>Reads a whole row.</summary>
    public abstract void Read(int row, Span<float> target);

    /// <summary>Reads these columns of a row, in this order.</summary>
    public abstract void Read(int row, ReadOnlySpan<int> columns, Span<float> target);

    /// <summary>Reads a whole row, encoded: the matrix's columns are the encoding's inputs.</summary>
    public virtual void Read(int row, InputEncoding encoding, Span<float> target)
    {
        if (encoding.IsOneToOne)
        {
            Read(row, target);
            encoding.Encode(target, target);
            return;
        }

        float[] raw = ArrayPool<float>.Shared.Rent(Columns);
        Read(row, raw.AsSpan(0, Columns));
        encoding.Encode(raw.AsSpan(0, Columns), target);
        ArrayPool<float>.Shared.Return(raw);
    }

    /// <summary>Reads these columns of a row, encoded: they are the encoding's inputs, in this order.</summary>
    public void Read(int row, ReadOnlySpan<int> columns, InputEncoding encoding, Span<float> target)
    {
        if (encoding.IsOneToOne)
        {
            Read(row, columns, target);
            encoding.Encode(target, target);
            return;
        }

        float[] raw = ArrayPool<float>.Shared.Rent(columns.Length);
        Read(row, columns, raw.AsSpan(0, columns.Length));
        encoding.Encode(raw.AsSpan(0, columns.Length), target);
        ArrayPool<float>.Shared.Return(raw);
    }

    /// <summary>The same rows with only these columns, kept in the same way.</summary>
    public abstract FeatureMatrix Select(ReadOnlySpan<int> columns);

    /// <summary>The same, for columns that ascend, where this matrix is not used any more: a second one may not fit beside it.</summary>
    public virtual FeatureMatrix Keep(ReadOnlySpan<int> columns) => Select(columns);

    /// <summary>These rows alone, copied, in this order, kept in the same way.</summary>
    public abstract FeatureMatrix Take(ReadOnlySpan<int> rows);
}
