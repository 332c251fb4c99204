using System.Runtime.CompilerServices;
using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Data;

/// <summary>Finds the encoding of the inputs on a set of rows once, however many runs train on them.</summary>
/// <remarks>A set of rows is identified by its array of row numbers.</remarks>
internal sealed class EncodingCache(FeatureMatrix features, float[] targets, float[]? weights)
{
    private readonly ConditionalWeakTable<int[], Lazy<ColumnStatistics>> _statistics = [];
    private readonly ConditionalWeakTable<int[], Lazy<InputEncoding>> _standardizations = [], _piecewise = [];

    /// <summary>Whether the encodings are those of another set of rows too: one with the same features, weights and targets.</summary>
    public bool IsOf(TrainingSet other) =>
        ReferenceEquals(features, other.Features) && ReferenceEquals(weights, other.Weights) && ReferenceEquals(targets, other.Targets);

    /// <summary>Adds statistics that are known already.</summary>
    public void Add(int[] rows, ColumnStatistics statistics) => _statistics.Add(rows, new Lazy<ColumnStatistics>(statistics));

    /// <summary>Gives the encoding that these rows show.</summary>
    /// <param name="data">The rows, the same as those of the cache.</param>
    /// <param name="rows">The numbers of the rows to look at.</param>
    /// <param name="isPiecewise">Whether numbers are encoded as piecewise linear; else each input has one standardized column.</param>
    public InputEncoding Of(TrainingSet data, int[] rows, bool isPiecewise) => isPiecewise
        ? _piecewise.GetValue(rows, _ => new Lazy<InputEncoding>(() => new PiecewiseEncoder(data, StatisticsOf(rows)).Encode(rows))).Value
        : _standardizations.GetValue(rows, _ => new Lazy<InputEncoding>(() => StatisticsOf(rows).Standardization())).Value;

    private ColumnStatistics StatisticsOf(int[] rows) => _statistics.GetValue(
        rows, _ => new Lazy<ColumnStatistics>(() => ColumnStatistics.Of(features, rows, weights))).Value;
}
