using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>Stability selection whose models have a known type.</summary>
/// <typeparam name="TTransformer">The trainer's transformer.</typeparam>
public sealed class DGatingStability<TTransformer> : DGatingStability
    where TTransformer : ITransformer
{
    private readonly Func<int[], double[], CancellationToken, TTransformer> _train;

    internal DGatingStability(IReadOnlyList<StabilityFeature> features, int[][] rankings, Func<int[], double[], CancellationToken, TTransformer> train)
        : base(features, rankings)
    {
        _train = train;
    }

    /// <inheritdoc cref="DGatingStability.ModelOf"/>
    public new TTransformer ModelOf(int? featureCount = null, double threshold = DefaultThreshold, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<StableFeature> stable = StableFeatures(featureCount, threshold);
        int count = featureCount ?? SuggestedFeatureCount(threshold);
        return stable.Count > 0 ? _train([.. stable.Select(feature => feature.Index).Order()], [.. FrequenciesAt(count)], cancellationToken) : throw new InvalidOperationException(
            FormattableString.Invariant($"No feature is selected by {threshold:p0} of the runs when each selects {count}; the most frequent by {FrequenciesAt(count).Max():p0}. Give a lower threshold, or a larger count."));
    }

    private protected override ITransformer Train(int? featureCount, double threshold, CancellationToken cancellationToken) => ModelOf(featureCount, threshold, cancellationToken);
}
