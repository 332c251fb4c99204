namespace MLNet.DGating;

/// <summary>A feature whose stability was measured: a slot, or several that stay or go together.</summary>
/// <param name="Index">Its index among all feature groups.</param>
/// <param name="Name">Its name, from SlotNames; else "Slot i".</param>
/// <param name="Slots">Its slots of the feature column.</param>
public readonly record struct StabilityFeature(int Index, string Name, IReadOnlyList<int> Slots);
