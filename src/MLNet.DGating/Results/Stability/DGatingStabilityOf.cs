using System.Globalization;
using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>Holds the result of stability selection whose models are transformers of a known type.</summary>
/// <typeparam name="TTransformer">The type of the trainer's transformers.</typeparam>
public sealed class DGatingStability<TTransformer> : DGatingStability
    where TTransformer : ITransformer
{
    private readonly Func<int[], double[], CancellationToken, TTransformer> _train;

    internal DGatingStability(
        IReadOnlyList<StabilityFeature> features, int[][] rankings, Func<int[], double[], CancellationToken, TTransformer> train)
        : base(features, rankings)
    {
        _train = train;
    }

    /// <inheritdoc cref="DGatingStability.ModelOf"/>
    public new TTransformer ModelOf(
        int? featureCount = null, double threshold = DefaultThreshold, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<StableFeature> stable = StableFeatures(featureCount, threshold);
        int count = featureCount ?? SuggestedFeatureCount(threshold);
        double[] frequencies = [.. FrequenciesAt(count)];
        if (stable.Count == 0)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"No feature is selected by {threshold:p0} of the runs when each selects {count}; " +
                $"the most frequent by {frequencies.Max():p0}. Give a lower threshold, or a larger count."));
        }

        return _train([.. stable.Select(feature => feature.Index).Order()], frequencies, cancellationToken);
    }

    private protected override ITransformer Train(int? featureCount, double threshold, CancellationToken cancellationToken) =>
        ModelOf(featureCount, threshold, cancellationToken);
}
