namespace MLNet.DGating;

/// <summary>Holds a feature whose frequency reaches the threshold of stability selection.</summary>
public readonly record struct StableFeature
{
    internal StableFeature(int index, string name, IReadOnlyList<int> slots, double frequency)
    {
        Index = index;
        Name = name;
        Slots = slots;
        Frequency = frequency;
    }

    /// <summary>The index of the feature among all feature groups.</summary>
    public int Index { get; init; }

    /// <summary>The name of the feature from SlotNames, or else "Slot i".</summary>
    public string Name { get; init; }

    /// <summary>The indices of its slots in the feature column.</summary>
    public IReadOnlyList<int> Slots { get; init; }

    /// <summary>The share of the runs that select the feature, from the threshold to 1.</summary>
    public double Frequency { get; init; }
}
