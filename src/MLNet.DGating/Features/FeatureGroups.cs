namespace MLNet.DGating;

/// <summary>Groups the slots of the feature column into features, whose slots are selected or dropped together.</summary>
public abstract class FeatureGroups
{
    private protected FeatureGroups()
    {
    }

    /// <summary>Groups in which every slot is a feature of its own.</summary>
    public static FeatureGroups PerSlot { get; } = new Singles();

    /// <summary>Groups in which the slots of one category are a feature, and every other slot is a feature of its own.</summary>
    /// <remarks>Categories are read from the annotation CategoricalSlotRanges, which one-hot encoding writes.</remarks>
    public static FeatureGroups BySourceColumn { get; } = new SourceColumns();

    /// <summary>Creates groups of given slots. Every slot in none of them is a feature of its own.</summary>
    /// <example>
    /// <code>
    /// var options = new DGatingBinaryTrainer.Options { Groups = FeatureGroups.OfSlots([0, 1, 2], [3, 4]) };
    /// </code>
    /// </example>
    /// <param name="groups">The slot indices of each group, not empty, no slot in two groups.</param>
    /// <exception cref="ArgumentException">A group is null or empty, a slot is negative, or a slot is in two groups.</exception>
    public static FeatureGroups OfSlots(params IEnumerable<IReadOnlyList<int>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return new SlotGroups([.. groups.Select((slots, i) =>
            slots?.Order().ToArray() ?? throw new ArgumentException($"Group {i} is null.", nameof(groups)))]);
    }

    /// <summary>Creates groups of named columns or slots. Other slots are grouped as by <see cref="BySourceColumn"/>.</summary>
    /// <remarks>
    /// A name stands for all slots of the column that was concatenated under it (the slots "Name.…", a one-hot block, or the slot "Name"),
    /// or for the one slot of exactly that name.
    /// </remarks>
    /// <example>
    /// <code>
    /// var options = new DGatingBinaryTrainer.Options { Groups = FeatureGroups.OfColumns(["Latitude", "Longitude"]) };
    /// </code>
    /// </example>
    /// <param name="groups">The names of each group, not empty, no slot in two groups.</param>
    /// <exception cref="ArgumentException">
    /// A group is null or empty, or holds a name that is empty or in two groups. Whether names are unknown or share a slot is checked when
    /// a trainer reads the column.
    /// </exception>
    public static FeatureGroups OfColumns(params IEnumerable<IReadOnlyList<string>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return new ColumnGroups([.. groups.Select((names, i) =>
            names?.ToArray() ?? throw new ArgumentException($"Group {i} is null.", nameof(groups)))]);
    }

    /// <summary>Gives a partition of all slots, each part ascending, in the order of their first slots.</summary>
    /// <exception cref="ArgumentException">A group names a slot that the column does not have.</exception>
    internal abstract int[][] Resolve(SlotMetadata slots, int slotCount);

    /// <summary>Completes blocks of slots to a partition, in which every slot of no block is a group of its own.</summary>
    private protected static int[][] Complete(IEnumerable<int[]> blocks, int slotCount)
    {
        int[][] blockOf = new int[slotCount][];
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

    /// <summary>Gives the slots of each category.</summary>
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
