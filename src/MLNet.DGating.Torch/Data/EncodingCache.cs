using System.Runtime.CompilerServices;
using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Data;

/// <summary>Measures the columns of a set of rows once, however many runs train on them.</summary>
/// <remarks>A set of rows is identified by its array of row numbers.</remarks>
internal sealed class EncodingCache(FeatureMatrix features, float[]? weights)
{
    private readonly ConditionalWeakTable<int[], Lazy<ColumnStatistics>> _known = [];

    /// <summary>Whether these are the features and weights that are measured.</summary>
    public bool IsOf(FeatureMatrix otherFeatures, float[]? otherWeights) =>
        ReferenceEquals(features, otherFeatures) && ReferenceEquals(weights, otherWeights);

    /// <summary>Adds statistics that are known already.</summary>
    public void Add(int[] rows, ColumnStatistics statistics) => _known.Add(rows, new Lazy<ColumnStatistics>(statistics));

    /// <summary>Gives the encoding by the statistics of these rows.</summary>
    public InputEncoding Of(int[] rows) =>
        _known.GetValue(rows, _ => new Lazy<ColumnStatistics>(() => ColumnStatistics.Of(features, rows, weights))).Value.Standardization();
}
