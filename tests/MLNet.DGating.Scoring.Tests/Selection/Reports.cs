namespace MLNet.DGating.Scoring.Tests.Selection;

/// <summary>Makes reports to test on.</summary>
internal static class Reports
{
    /// <summary>A report on Age, three slots of Color, Hours, an unnamed slot and a constant one.</summary>
    /// <remarks>Color is one group and a categorical range. Selected are Color.red, Color.blue and Hours.</remarks>
    public static FeatureSelectionReport Small() => new(new SelectionData
    {
        FeatureColumnName = "Features",
        SlotCount = 7,
        Metadata = new SlotMetadata(["Age", "Color.red", "Color.green", "Color.blue", "Hours", "", "Zero"], [1, 3]),
        Groups = [[0], [1, 2, 3], [4], [5], [6]],
        LambdaOut = [0.5, double.PositiveInfinity, 2, 0.25, 0],
        SelectedSlots = [1, 3, 4],
        Importance = [3, 4, 2],
        ConstantSlots = [2, 6],
    });

    public static FeatureSelectionReport PerSlot(
        int slotCount, int[] selected, string[]? names = null, int[]? categoricalRanges = null) => new(new SelectionData
    {
        FeatureColumnName = "Features",
        SlotCount = slotCount,
        Metadata = new SlotMetadata(names, categoricalRanges ?? []),
        Groups = SelectionData.GroupPerSlot(slotCount),
        LambdaOut = [.. Enumerable.Range(0, slotCount).Select(slot => (double)slot)],
        SelectedSlots = selected,
        Importance = [.. selected.Select(slot => 1f + slot)],
    });
}
