namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Raw features, [rows, columns], however they are kept. Read from several threads at once.</summary>
internal abstract class FeatureMatrix
{
    public abstract int Rows { get; }

    public abstract int Columns { get; }

    /// <summary>A whole row.</summary>
    public abstract void Read(int row, Span<float> target);

    /// <summary>These columns of a row, in this order.</summary>
    public abstract void Read(int row, ReadOnlySpan<int> columns, Span<float> target);

    /// <summary>A whole row, standardized.</summary>
    public virtual void Read(int row, ColumnScaling scaling, Span<float> target)
    {
        Read(row, target);
        scaling.Apply(target, target);
    }

    /// <summary>The same rows with only these columns, kept in the same way.</summary>
    public abstract FeatureMatrix Select(ReadOnlySpan<int> columns);

    /// <summary>The same, for columns that ascend, where this matrix is not used any more: a second one may not fit beside it.</summary>
    public virtual FeatureMatrix Keep(ReadOnlySpan<int> columns) => Select(columns);

    /// <summary>These rows alone, copied, in this order, kept in the same way.</summary>
    public abstract FeatureMatrix Take(ReadOnlySpan<int> rows);
}
