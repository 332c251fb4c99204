namespace MLNet.DGating.Torch.Settings;

/// <summary>Holds how pairs of features are chosen beside the curves of an additive model (docs/theory.md §32).</summary>
/// <param name="Heredity">Which pairs are candidates.</param>
/// <param name="Count">The number of pairs; null to choose it on held-out rows, or by a given λ.</param>
internal sealed record PairSettings(DGatingPairHeredity Heredity, int? Count);
