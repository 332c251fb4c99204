namespace MLNet.DGating;

/// <summary>Identifies a feature in the result of stability selection: a slot, or a group of slots.</summary>
public readonly record struct StabilityFeature
{
    internal StabilityFeature(int index, string name, IReadOnlyList<int> slots)
    {
        Index = index;
        Name = name;
        Slots = slots;
    }

    /// <summary>The index of the feature among all feature groups.</summary>
    public int Index { get; init; }

    /// <summary>The name of the feature from SlotNames, or else "Slot i".</summary>
    public string Name { get; init; }

    /// <summary>The indices of its slots in the feature column.</summary>
    public IReadOnlyList<int> Slots { get; init; }
}
