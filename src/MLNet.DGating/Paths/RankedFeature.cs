namespace MLNet.DGating;

/// <summary>A feature's place in the order of leaving.</summary>
/// <param name="Rank">1 for the last to leave. The selection at a count is the features up to that rank.</param>
/// <param name="Index">Its index among all feature groups.</param>
/// <param name="Name">Its name, from SlotNames; else "Slot i".</param>
/// <param name="Slots">Its slots of the feature column.</param>
/// <param name="LambdaOut">The λ at which it left; 0 for a feature that is constant on the training rows, ∞ for one that always stays.</param>
public readonly record struct RankedFeature(int Rank, int Index, string Name, IReadOnlyList<int> Slots, double LambdaOut);
