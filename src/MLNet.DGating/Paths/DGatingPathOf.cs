using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>A path whose models have a known type.</summary>
/// <typeparam name="TTransformer">The trainer's transformer.</typeparam>
public sealed class DGatingPath<TTransformer> : DGatingPath
    where TTransformer : ITransformer
{
    private readonly Func<int, TTransformer> _refit;
    private readonly Dictionary<int, TTransformer> _models = [];
    private readonly Lock _lock = new();

    internal DGatingPath(
        IReadOnlyList<DGatingPathPoint> points, IReadOnlyList<DGatingPathCandidate> candidates, int best, int sparsest, IReadOnlyList<RankedFeature> ranking,
        Func<int, TTransformer> refit)
        : base(points, candidates, best, sparsest, ranking)
    {
        _refit = refit;
    }

    /// <summary>The model of the count that predicts held-out rows best.</summary>
    public TTransformer Best => At(BestFeatureCount);

    /// <summary>The model of the smallest count within one standard error of the best.</summary>
    public TTransformer SparsestWithinOneStandardError => At(SparsestFeatureCount);

    /// <inheritdoc cref="DGatingPath.At(int)"/>
    public new TTransformer At(int featureCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        int count = Math.Clamp(featureCount, Points[^1].FeatureCount, Points[0].FeatureCount);
        lock (_lock)
        {
            if (!_models.TryGetValue(count, out TTransformer? model))
            {
                model = _refit(count);
                _models.Add(count, model);
            }

            return model;
        }
    }

    /// <summary>The model of the features that are still in at λ.</summary>
    /// <param name="lambda">At least 0, and small enough that a feature is left.</param>
    public TTransformer AtLambda(double lambda)
    {
        int count = FeatureCountAt(lambda);
        return count > 0 ? At(count) : throw new ArgumentOutOfRangeException(nameof(lambda), lambda,
            FormattableString.Invariant($"No feature is left at this λ; the last one left at {Points[^1].Lambda:g4}."));
    }

    private protected override ITransformer TransformerAt(int featureCount) => At(featureCount);
}
