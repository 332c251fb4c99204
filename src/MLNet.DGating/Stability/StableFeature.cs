namespace MLNet.DGating;

/// <summary>A feature that was selected often enough.</summary>
/// <param name="Index">Its index among all feature groups.</param>
/// <param name="Name">Its name, from SlotNames; else "Slot i".</param>
/// <param name="Slots">Its slots of the feature column.</param>
/// <param name="Frequency">The share of the runs that selected it, from the threshold to 1.</param>
public readonly record struct StableFeature(int Index, string Name, IReadOnlyList<int> Slots, double Frequency);
