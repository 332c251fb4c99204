namespace MLNet.DGating;

/// <summary>A feature whose stability was measured: a slot, or several that stay or go together.</summary>
public readonly record struct StabilityFeature
{
    internal StabilityFeature(int index, string name, IReadOnlyList<int> slots)
    {
        Index = index;
        Name = name;
        Slots = slots;
    }

    /// <summary>Its index among all feature groups.</summary>
    public int Index { get; init; }

    /// <summary>Its name, from SlotNames; else "Slot i".</summary>
    public string Name { get; init; }

    /// <summary>Its slots of the feature column.</summary>
    public IReadOnlyList<int> Slots { get; init; }
}
