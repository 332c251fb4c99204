namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>The values that a row of a sparse matrix stores, and their columns, ascending.</summary>
internal readonly ref struct SparseRow(ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
{
    public ReadOnlySpan<int> Columns { get; } = columns;

    public ReadOnlySpan<float> Values { get; } = values;
}
