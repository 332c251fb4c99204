namespace MLNet.DGating;

/// <summary>A feature's place in the order of leaving.</summary>
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

    /// <summary>1 for the last to leave. The selection at a count is the features up to that rank.</summary>
    public int Rank { get; init; }

    /// <summary>Its index among all feature groups.</summary>
    public int Index { get; init; }

    /// <summary>Its name, from SlotNames; else "Slot i".</summary>
    public string Name { get; init; }

    /// <summary>Its slots of the feature column.</summary>
    public IReadOnlyList<int> Slots { get; init; }

    /// <summary>The λ at which it left; 0 for a feature that is constant on the training rows, ∞ for one that always stays.</summary>
    public double LambdaOut { get; init; }
}
