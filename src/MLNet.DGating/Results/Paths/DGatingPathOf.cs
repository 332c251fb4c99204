using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>Holds a regularization path whose models are transformers of a known type.</summary>
/// <typeparam name="TTransformer">The type of the trainer's transformers.</typeparam>
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

    /// <summary>The model with <see cref="DGatingPath.BestFeatureCount"/> features, which predicts held-out rows best.</summary>
    public TTransformer Best => At(BestFeatureCount);

    /// <summary>The model with <see cref="DGatingPath.SparsestFeatureCount"/> features.</summary>
    public TTransformer SparsestWithinOneStandardError => At(SparsestFeatureCount);

    /// <inheritdoc cref="DGatingPath.At(int, CancellationToken)"/>
    public new TTransformer At(int featureCount, CancellationToken cancellationToken = default) =>
        Refit([featureCount], cancellationToken)[0];

    /// <summary>Gives a model of the features that are left at λ, refitted on all training rows.</summary>
    /// <param name="lambda">λ, at least 0, and small enough that a feature is left.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative, or no feature is left at it.</exception>
    public TTransformer AtLambda(double lambda)
    {
        int count = FeatureCountAt(lambda);
        return count > 0 ? At(count) : throw new ArgumentOutOfRangeException(nameof(lambda), lambda,
            FormattableString.Invariant($"No feature is left at this λ; the last one left at {Points[^1].Lambda:g4}."));
    }

    /// <summary>Gives models of several numbers of features, refitted in parallel on the trainer's threads.</summary>
    /// <remarks>Models are kept, so that later calls of <see cref="At"/> return them at once.</remarks>
    /// <param name="featureCounts">
    /// Each is at least 0; if the path was cancelled, at least the number of features of its last point.
    /// </param>
    /// <param name="cancellationToken">Cancels the refits.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its minimum.</exception>
    /// <exception cref="OperationCanceledException">The refits were cancelled.</exception>
    public IReadOnlyList<TTransformer> Refit(IReadOnlyList<int> featureCounts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(featureCounts);
        foreach (int featureCount in featureCounts)
        {
            CheckFollowed(featureCount, minimum: 0);
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

    private protected override ITransformer TransformerAt(int featureCount, CancellationToken cancellationToken) =>
        At(featureCount, cancellationToken);
}
