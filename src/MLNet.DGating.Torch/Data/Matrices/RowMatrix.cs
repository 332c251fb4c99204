namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Features that come row by row, and whose rows may be replaced by others while nothing else reads them.</summary>
internal abstract class RowMatrix : FeatureMatrix
{
    public abstract void Add(ReadOnlySpan<float> values);

    public abstract void Replace(int row, ReadOnlySpan<float> values);
}
