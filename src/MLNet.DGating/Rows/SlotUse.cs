namespace MLNet.DGating;

/// <summary>Tells which slots of the feature column a fit reads.</summary>
/// <param name="Read">The slots to read, in the order of the groups.</param>
/// <param name="Needed">Those of them that a previous model reads: they stay even where they have a single value.</param>
internal sealed record SlotUse(int[] Read, IReadOnlySet<int> Needed)
{
    /// <summary>The slots of whose missing values a previous model reads an indicator.</summary>
    public IReadOnlySet<int> Indicated { get; init; } = new HashSet<int>();

    /// <summary>Whether slots with missing values get indicators, beside those of a previous model.</summary>
    public bool AddsIndicators { get; init; } = true;

    /// <summary>Gives the use of all slots.</summary>
    public static SlotUse All(FeatureSlots slots) => new([.. slots.Groups.SelectMany(group => group)], new HashSet<int>());
}
