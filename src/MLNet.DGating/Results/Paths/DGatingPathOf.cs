using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>A path whose models have a known type.</summary>
/// <typeparam name="TTransformer">The trainer's transformer.</typeparam>
public sealed class DGatingPath<TTransformer> : DGatingPath
    where TTransformer : ITransformer
{
    private readonly Func<int[], CancellationToken, TTransformer[]> _refit;
    private readonly Dictionary<int, TTransformer> _models = [];
    private readonly Lock _lock = new();

    internal DGatingPath(PathData data, Func<int[], CancellationToken, TTransformer[]> refit)
        : base(data)
    {
        _refit = refit;
    }

    /// <summary>The model of the count that predicts held-out rows best.</summary>
    public TTransformer Best => At(BestFeatureCount);

    /// <summary>The model of the smallest count within one standard error of the best.</summary>
    public TTransformer SparsestWithinOneStandardError => At(SparsestFeatureCount);

    /// <inheritdoc cref="DGatingPath.At(int, CancellationToken)"/>
    public new TTransformer At(int featureCount, CancellationToken cancellationToken = default) => Refit([featureCount], cancellationToken)[0];

    /// <summary>The model of the features that are still in at λ.</summary>
    /// <param name="lambda">At least 0, and small enough that a feature is left.</param>
    public TTransformer AtLambda(double lambda)
    {
        int count = FeatureCountAt(lambda);
        return count > 0 ? At(count) : throw new ArgumentOutOfRangeException(nameof(lambda), lambda,
            FormattableString.Invariant($"No feature is left at this λ; the last one left at {Points[^1].Lambda:g4}."));
    }

    /// <summary>
    /// Models of several counts, refitted at once on as many threads as the trainer has; later calls of <see cref="At"/> find them ready.
    /// </summary>
    /// <param name="featureCounts">Each at least 1; where the path was cancelled, at least the smallest count it reached.</param>
    /// <param name="cancellationToken">Stops the refits.</param>
    public IReadOnlyList<TTransformer> Refit(IReadOnlyList<int> featureCounts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(featureCounts);
        foreach (int featureCount in featureCounts)
        {
            CheckReached(featureCount, minimum: 1);
        }

        int[] counts = [.. featureCounts.Select(count => Math.Clamp(count, Points[^1].FeatureCount, Points[0].FeatureCount))];
        lock (_lock)
        {
            int[] missing = [.. counts.Distinct().Where(count => !_models.ContainsKey(count))];
            TTransformer[] models = missing.Length > 0 ? _refit(missing, cancellationToken) : [];
            for (int i = 0; i < missing.Length; i++)
            {
                _models.Add(missing[i], models[i]);
            }

            return Array.ConvertAll(counts, count => _models[count]);
        }
    }

    private protected override ITransformer TransformerAt(int featureCount, CancellationToken cancellationToken) => At(featureCount, cancellationToken);
}
