namespace MLNet.DGating;

/// <summary>A feature that was selected often enough.</summary>
public readonly record struct StableFeature
{
    internal StableFeature(int index, string name, IReadOnlyList<int> slots, double frequency)
    {
        Index = index;
        Name = name;
        Slots = slots;
        Frequency = frequency;
    }

    /// <summary>Its index among all feature groups.</summary>
    public int Index { get; init; }

    /// <summary>Its name, from SlotNames; else "Slot i".</summary>
    public string Name { get; init; }

    /// <summary>Its slots of the feature column.</summary>
    public IReadOnlyList<int> Slots { get; init; }

    /// <summary>The share of the runs that selected it, from the threshold to 1.</summary>
    public double Frequency { get; init; }
}
