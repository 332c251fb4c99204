namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Stores features that are added row by row. Rows may be replaced by others while nothing else reads the matrix.</summary>
internal abstract class RowMatrix : FeatureMatrix
{
    public abstract void Add(ReadOnlySpan<float> values);

    public abstract void Replace(int row, ReadOnlySpan<float> values);
}
