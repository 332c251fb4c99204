using System.Buffers;
using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Stores raw features [rows, columns] in some format. Several threads read it at once.</summary>
internal abstract class FeatureMatrix
{
    public abstract int Rows { get; }

    public abstract int Columns { get; }

    /// <summary>Whether values may be missing, NaN; their encoded columns are then 0.</summary>
    public virtual bool HasMissing => false;

    /// <summary>Tells whether a column indicates that the value of the same slot is missing.</summary>
    public virtual bool IsIndicator(int column) => false;

    /// <summary>Reads a whole row.</summary>
    public abstract void Read(int row, Span<float> target);

    /// <summary>Reads these columns of a row, in this order.</summary>
    public abstract void Read(int row, ReadOnlySpan<int> columns, Span<float> target);

    /// <summary>Reads a whole row and encodes it. The matrix's columns are the encoding's inputs.</summary>
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

    /// <summary>Reads these columns of a row and encodes them. They are the encoding's inputs, in this order.</summary>
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

    /// <summary>Gives the rows among these that stand for all of them where they are to be in one place.</summary>
    /// <remarks>All of them, unless ranks hold a part each, and there are many.</remarks>
    public virtual int[] Sample(int[] rows) => rows;

    /// <summary>Gives a matrix in which these columns of these rows can be read by their numbers, whichever rank holds the rows.</summary>
    public virtual FeatureMatrix Fetch(int[] rows, int[] columns) => this;

    /// <summary>Copies all rows with these columns alone, in the same format.</summary>
    public abstract FeatureMatrix Select(ReadOnlySpan<int> columns);

    /// <summary>Gives all rows with these columns alone; this matrix must not be used any more.</summary>
    /// <remarks>It may reuse the memory of this matrix, since a second one may not fit beside it.</remarks>
    /// <param name="columns">The columns to keep, ascending.</param>
    public virtual FeatureMatrix Keep(ReadOnlySpan<int> columns) => Select(columns);

    /// <summary>Copies these rows in this order, in the same format, for a run that releases them.</summary>
    public abstract FeatureMatrix Take(ReadOnlySpan<int> rows);

    /// <summary>Gives back the memory of a run's own rows at once, which nothing may read any more.</summary>
    public virtual void Release()
    {
    }
}
