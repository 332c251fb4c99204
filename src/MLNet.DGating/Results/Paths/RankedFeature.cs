namespace MLNet.DGating;

/// <summary>Holds the rank of a feature: its place in the order in which features left, from the last.</summary>
public readonly record struct RankedFeature
{
    internal RankedFeature(int rank, int index, string name, IReadOnlyList<int> slots, double lambdaOut)
    {
        Rank = rank;
        Index = index;
        Name = name;
        Slots = slots;
        LambdaOut = lambdaOut;
    }

    /// <summary>The rank, 1 for the last to leave. The selection of a number of features has the ranks up to it.</summary>
    public int Rank { get; init; }

    /// <summary>The index of the feature among all feature groups.</summary>
    public int Index { get; init; }

    /// <summary>The name of the feature from SlotNames, or else "Slot i".</summary>
    public string Name { get; init; }

    /// <summary>The indices of its slots in the feature column.</summary>
    public IReadOnlyList<int> Slots { get; init; }

    /// <summary>The λ at which the feature left: 0 if it is constant on the training rows, ∞ if it did not leave.</summary>
    public double LambdaOut { get; init; }
}
