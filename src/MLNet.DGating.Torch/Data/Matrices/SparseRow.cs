namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Gives the stored values of a row of a sparse matrix, and their columns, which ascend.</summary>
internal readonly ref struct SparseRow(ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
{
    public ReadOnlySpan<int> Columns { get; } = columns;

    public ReadOnlySpan<float> Values { get; } = values;
}
