namespace MLNet.DGating;

/// <summary>Holds what the knockoffs say about a feature: a slot, or a group of slots.</summary>
public readonly record struct KnockoffFeature
{
    internal KnockoffFeature(int index, string name, IReadOnlyList<int> slots)
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

    /// <summary>The e-value of the feature: the evidence that it says something that the other features do not say.</summary>
    /// <remarks>
    /// It is from 0 to the number of features with a knockoff, which also bounds what the e-values of all features that say nothing new
    /// add up to on average.
    /// </remarks>
    public double EValue { get; init; }

    /// <summary>The share of the draws in which the feature is selected, 0 to 1; 1 for a feature that always stays.</summary>
    public double Frequency { get; init; }

    /// <summary>Whether the feature is selected with the false discovery rate.</summary>
    public bool IsSelected { get; init; }

    /// <summary>Whether the feature always stays (<see cref="DGatingTrainerOptions.AlwaysKeep"/>), and has no knockoff.</summary>
    public bool IsAlwaysKept { get; init; }
}
