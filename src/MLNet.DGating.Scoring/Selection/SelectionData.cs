using System.Diagnostics.CodeAnalysis;

namespace MLNet.DGating;

/// <summary>Everything a <see cref="FeatureSelectionReport"/> is derived from, and everything of it that is saved.</summary>
internal sealed record SelectionData
{
    /// <summary>The column the model was trained on.</summary>
    public required string FeatureColumnName { get; init; }

    /// <summary>Slots of that column, at least 1.</summary>
    public required int SlotCount { get; init; }

    public SlotMetadata Metadata { get; init; } = SlotMetadata.None;

    /// <summary>The features as trained: a partition of all slots, each group ascending and not empty.</summary>
    public required int[][] Groups { get; init; }

    /// <summary>For each group, the λ at which it left the path: +∞ if never, 0 if it was never on it.</summary>
    public required double[] LambdaOut { get; init; }

    /// <summary>The slots the network reads, ascending. The only place where selection is decided.</summary>
    public required int[] SelectedSlots { get; init; }

    /// <summary>For each selected slot, the norm of its weights.</summary>
    public required float[] Importance { get; init; }

    /// <summary>Slots that had one value on all training rows, ascending; disjoint from the selected ones.</summary>
    public int[] ConstantSlots { get; init; } = [];

    /// <summary>For each group, the share of subsamples that selected it; null where that was not measured.</summary>
    public double[]? Frequency { get; init; }

    /// <summary>How stationary the fit was; null where that was not computed.</summary>
    public StationarityCertificate? Certificate { get; init; }

    /// <summary>One group for each of <paramref name="slotCount"/> slots.</summary>
    public static int[][] GroupPerSlot(int slotCount) => [.. Enumerable.Range(0, slotCount).Select(slot => new[] { slot })];

    /// <summary>Throws an <see cref="ArgumentException"/> that says what does not fit together.</summary>
    public void Validate()
    {
        Check(!string.IsNullOrEmpty(FeatureColumnName), "The feature column must have a name.");
        Check(SlotCount >= 1, $"There must be at least 1 slot, but there are {SlotCount}.");
        Check(Metadata.Names is null || Metadata.Names.Length == SlotCount, $"There are {Metadata.Names?.Length} slot names for {SlotCount} slots.");
        SelectedInputs.CheckAscending(SelectedSlots, SlotCount, nameof(SelectedSlots));
        SelectedInputs.CheckAscending(ConstantSlots, SlotCount, nameof(ConstantSlots));
        int contradiction = Array.FindIndex(ConstantSlots, slot => Array.BinarySearch(SelectedSlots, slot) >= 0);
        Check(contradiction < 0, $"Slot {(contradiction < 0 ? 0 : ConstantSlots[contradiction])} is constant and cannot be selected.");
        Check(Importance.Length == SelectedSlots.Length, $"There are {Importance.Length} importances for {SelectedSlots.Length} selected slots.");
        Check(Numbers.AllFinite(Importance) && !Importance.Any(value => value < 0), "Importance must be finite and at least 0.");
        Check(LambdaOut.Length == Groups.Length, $"There are {LambdaOut.Length} values of λ for {Groups.Length} groups.");
        Check(LambdaOut.All(lambda => lambda >= 0), "The λ at which a group left the path must be at least 0.");
        Check(Frequency is null || Frequency.Length == Groups.Length, $"There are {Frequency?.Length} frequencies for {Groups.Length} groups.");
        Check(Frequency is null || Frequency.All(frequency => frequency is >= 0 and <= 1), "Frequencies must be from 0 to 1.");
        ValidateGroups();
        ValidateRanges();
    }

    private void ValidateGroups()
    {
        var seen = new bool[SlotCount];
        foreach (int[] group in Groups)
        {
            Check(group.Length > 0, "A group must have at least one slot.");
            SelectedInputs.CheckAscending(group, SlotCount, nameof(Groups));
            foreach (int slot in group)
            {
                Check(!seen[slot], $"Slot {slot} is in two groups.");
                seen[slot] = true;
            }
        }

        Check(!seen.Contains(false), $"Slot {Array.IndexOf(seen, false)} is in no group.");
    }

    private void ValidateRanges()
    {
        int[] ranges = Metadata.CategoricalRanges;
        Check(ranges.Length % 2 == 0, "Categorical ranges must be pairs of first and last slot.");
        for (int i = 0; i < ranges.Length; i++)
        {
            // A range may hold one slot: its last may equal its first, but its first must follow the range before.
            int lowest = i == 0 ? 0 : ranges[i - 1] + (i % 2 == 0 ? 1 : 0);
            Check(ranges[i] >= lowest && ranges[i] < SlotCount, "Categorical ranges must ascend within the slots and not overlap.");
        }
    }

    private static void Check([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition)
            throw new ArgumentException(message);
    }
}
