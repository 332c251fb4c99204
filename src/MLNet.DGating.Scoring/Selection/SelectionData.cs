using System.Diagnostics.CodeAnalysis;

namespace MLNet.DGating;

/// <summary>The data that a <see cref="FeatureSelectionReport"/> is derived from; a saved model holds all of them.</summary>
internal sealed record SelectionData
{
    /// <summary>The column that the model was trained on.</summary>
    public required string FeatureColumnName { get; init; }

    /// <summary>Slots of that column, at least 1.</summary>
    public required int SlotCount { get; init; }

    public SlotMetadata Metadata { get; init; } = SlotMetadata.None;

    /// <summary>The features as trained: a partition of all slots, each group ascending and not empty.</summary>
    public required int[][] Groups { get; init; }

    /// <summary>The λ at which each group left the path: +∞ if never, 0 if it was never on it.</summary>
    public required double[] LambdaOut { get; init; }

    /// <summary>The slots that the network reads, ascending. Every other view of the selection follows from them.</summary>
    public required int[] SelectedSlots { get; init; }

    /// <summary>The norm of each selected slot's weights.</summary>
    public required float[] Importance { get; init; }

    /// <summary>Slots that had one value on all training rows, ascending; disjoint from the selected ones.</summary>
    public int[] ConstantSlots { get; init; } = [];

    /// <summary>The share of subsamples that selected each group; null where that was not measured.</summary>
    public double[]? Frequency { get; init; }

    /// <summary>The evidence that the fit is stationary; null where that was not computed.</summary>
    public StationarityCertificate? Certificate { get; init; }

    /// <summary>Whether held-out rows, or else the training rows, show that the model predicts better than a constant.</summary>
    public bool IsBetterThanConstant { get; init; } = true;

    /// <summary>How the number of features was chosen; null where it was not.</summary>
    public FeatureCountChoice? Choice { get; init; }

    /// <summary>A group for each slot.</summary>
    public static int[][] GroupPerSlot(int slotCount) => [.. Enumerable.Range(0, slotCount).Select(slot => new[] { slot })];

    /// <summary>Returns the data of a column that has some of the slots, all selected ones among them.</summary>
    /// <param name="slots">The slots that are left, ascending.</param>
    public SelectionData OfSlots(int[] slots)
    {
        int[] left = [.. Groups.Index().Where(group => Renumber(group.Item, slots).Length > 0).Select(group => group.Index)];
        return this with
        {
            SlotCount = slots.Length,
            Metadata = Metadata.OfSlots(slots),
            Groups = Array.ConvertAll(left, group => Renumber(Groups[group], slots)),
            LambdaOut = Array.ConvertAll(left, group => LambdaOut[group]),
            Frequency = Frequency is { } frequency ? Array.ConvertAll(left, group => frequency[group]) : null,
            SelectedSlots = Renumber(SelectedSlots, slots),
            ConstantSlots = Renumber(ConstantSlots, slots),
        };
    }

    /// <summary>Throws an <see cref="ArgumentException"/> that names what does not fit together.</summary>
    public void Validate()
    {
        Check(!string.IsNullOrEmpty(FeatureColumnName), "The feature column must have a name.");
        Check(SlotCount >= 1, $"There must be at least 1 slot, but there are {SlotCount}.");
        int names = Metadata.Names?.Length ?? SlotCount;
        Check(names == SlotCount, $"There are {names} slot names for {SlotCount} slots.");
        ValidateSlots();
        Check(LambdaOut.Length == Groups.Length, $"There are {LambdaOut.Length} values of λ for {Groups.Length} groups.");
        Check(LambdaOut.All(lambda => lambda >= 0), "The λ at which a group left the path must be at least 0.");
        int frequencies = Frequency?.Length ?? Groups.Length;
        Check(frequencies == Groups.Length, $"There are {frequencies} frequencies for {Groups.Length} groups.");
        Check(Frequency is null || Frequency.All(frequency => frequency is >= 0 and <= 1), "Frequencies must be from 0 to 1.");
        Check(Choice is null or { HeldOutRows: >= 1, Folds: >= 1, Agreement: >= 0 and <= 1 }, "The choice of the count must be in range.");
        ValidateGroups();
        ValidateRanges();
    }

    private static int[] Renumber(int[] former, int[] slots) =>
        [.. former.Select(slot => Array.BinarySearch(slots, slot)).Where(slot => slot >= 0)];

    private void ValidateSlots()
    {
        SlotIndices.CheckAscending(SelectedSlots, SlotCount, nameof(SelectedSlots));
        SlotIndices.CheckAscending(ConstantSlots, SlotCount, nameof(ConstantSlots));
        int contradiction = Array.FindIndex(ConstantSlots, slot => Array.BinarySearch(SelectedSlots, slot) >= 0);
        Check(contradiction < 0, $"Slot {(contradiction < 0 ? 0 : ConstantSlots[contradiction])} is constant and cannot be selected.");
        bool importanceForEach = Importance.Length == SelectedSlots.Length;
        Check(importanceForEach, $"There are {Importance.Length} importances for {SelectedSlots.Length} selected slots.");
        Check(Numbers.AllFinite(Importance) && !Importance.Any(value => value < 0), "Importance must be finite and at least 0.");
    }

    private void ValidateGroups()
    {
        bool[] seen = new bool[SlotCount];
        foreach (int[] group in Groups)
        {
            Check(group.Length > 0, "A group must have at least one slot.");
            SlotIndices.CheckAscending(group, SlotCount, nameof(Groups));
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
        {
            throw new ArgumentException(message);
        }
    }
}
