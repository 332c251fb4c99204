namespace MLNet.DGating;

/// <summary>Which slots of the feature column form one feature: the slots of a group stay or go together.</summary>
public abstract class FeatureGroups
{
    private protected FeatureGroups()
    {
    }

    /// <summary>Every slot decides for itself.</summary>
    public static FeatureGroups PerSlot { get; } = new Singles();

    /// <summary>
    /// Slots that encode one category (annotation CategoricalSlotRanges, as one-hot encoding leaves it) are one group, so that a category
    /// stays or goes as a whole; every other slot decides for itself.
    /// </summary>
    public static FeatureGroups BySourceColumn { get; } = new SourceColumns();

    /// <summary>These groups; slots in none of them decide for themselves.</summary>
    /// <param name="groups">Slot indices of each group, not empty, no slot in two groups.</param>
    /// <exception cref="ArgumentException">A group is null or empty, a slot is negative, or a slot is in two groups.</exception>
    public static FeatureGroups OfSlots(params IEnumerable<IReadOnlyList<int>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return new SlotGroups([.. groups.Select((slots, i) =>
            slots?.Order().ToArray() ?? throw new ArgumentException($"Group {i} is null.", nameof(groups)))]);
    }

    /// <summary>These groups, by name; slots in none of them are grouped as <see cref="BySourceColumn"/> does.</summary>
    /// <remarks>
    /// A name stands for all slots of the column that was concatenated under it (the slots "Name.…", a one-hot block, or the slot "Name"),
    /// or for the one slot of exactly that name.
    /// </remarks>
    /// <param name="groups">Names of each group, not empty, no slot in two groups.</param>
    /// <exception cref="ArgumentException">
    /// A group is null or empty, or holds a name that is empty or in two groups. That a name is unknown, or two names share a slot, is
    /// found when a trainer sees the column.
    /// </exception>
    public static FeatureGroups OfColumns(params IEnumerable<IReadOnlyList<string>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return new ColumnGroups([.. groups.Select((names, i) =>
            names?.ToArray() ?? throw new ArgumentException($"Group {i} is null.", nameof(groups)))]);
    }

    /// <summary>A partition of all slots, each part ascending, in the order of their first slots.</summary>
    /// <exception cref="ArgumentException">A group names a slot that the column does not have.</exception>
    internal abstract int[][] Resolve(SlotMetadata slots, int slotCount);

    /// <summary>Every slot that no block claims is a group of its own.</summary>
    private protected static int[][] Complete(IEnumerable<int[]> blocks, int slotCount)
    {
        var blockOf = new int[slotCount][];
        foreach (int[] block in blocks)
        {
            foreach (int slot in block)
            {
                blockOf[slot] = block;
            }
        }

        var groups = new List<int[]>();
        for (int slot = 0; slot < slotCount; slot++)
        {
            if (blockOf[slot] is null)
            {
                groups.Add([slot]);
            }
            else if (blockOf[slot][0] == slot)
            {
                groups.Add(blockOf[slot]);
            }
        }

        return [.. groups];
    }

    /// <summary>The slots of each category.</summary>
    private protected static IEnumerable<int[]> CategoryBlocks(SlotMetadata slots) =>
        slots.CategoricalRanges.Chunk(2).Select(range => Enumerable.Range(range[0], range[1] - range[0] + 1).ToArray());

    private sealed class Singles : FeatureGroups
    {
        internal override int[][] Resolve(SlotMetadata slots, int slotCount) => Complete([], slotCount);
    }

    private sealed class SourceColumns : FeatureGroups
    {
        internal override int[][] Resolve(SlotMetadata slots, int slotCount) => Complete(CategoryBlocks(slots), slotCount);
    }
}
