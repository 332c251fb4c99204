using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>Holds a selection with a bounded false discovery rate whose models are transformers of a known type.</summary>
/// <typeparam name="TTransformer">The type of the trainer's transformers.</typeparam>
public sealed class DGatingKnockoffs<TTransformer> : DGatingKnockoffs
    where TTransformer : ITransformer
{
    private readonly Func<int[], double[], CancellationToken, TTransformer> _train;

    internal DGatingKnockoffs(
        IReadOnlyList<KnockoffFeature> features, double falseDiscoveryRate, int draws,
        Func<int[], double[], CancellationToken, TTransformer> train)
        : base(features, falseDiscoveryRate, draws)
    {
        _train = train;
    }

    /// <inheritdoc cref="DGatingKnockoffs.ModelOf"/>
    public new TTransformer ModelOf(CancellationToken cancellationToken = default)
    {
        int[] features = [.. Features.Where(feature => feature.IsSelected || feature.IsAlwaysKept).Select(feature => feature.Index)];
        return features.Length > 0
            ? _train(features, [.. Features.Select(feature => feature.Frequency)], cancellationToken)
            : throw new InvalidOperationException(Summary);
    }

    private protected override ITransformer Train(CancellationToken cancellationToken) => ModelOf(cancellationToken);
}
