namespace MLNet.DGating.Plots;

/// <summary>The horizontal axis of a path.</summary>
public enum PathAxis
{
    /// <summary>The number of features left, from all to none.</summary>
    FeatureCount,

    /// <summary>The sparsity regularization λ, growing; on a logarithmic scale.</summary>
    Lambda,
}
