namespace MLNet.DGating;

/// <summary>Which slots of the feature column form one feature: the slots of a group stay or go together.</summary>
public abstract class FeatureGroups
{
    private FeatureGroups()
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
        return new Lists([.. groups.Select((slots, i) =>
            slots?.Order().ToArray() ?? throw new ArgumentException($"Group {i} is null.", nameof(groups)))]);
    }

    /// <summary>A partition of all slots, each part ascending, in the order of their first slots.</summary>
    /// <exception cref="ArgumentException">A group names a slot that the column does not have.</exception>
    internal abstract int[][] Resolve(SlotMetadata slots, int slotCount);

    // Every slot that no block claims is a group of its own.
    private static int[][] Complete(IEnumerable<int[]> blocks, int slotCount)
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

    private sealed class Singles : FeatureGroups
    {
        internal override int[][] Resolve(SlotMetadata slots, int slotCount) => Complete([], slotCount);
    }

    private sealed class SourceColumns : FeatureGroups
    {
        internal override int[][] Resolve(SlotMetadata slots, int slotCount) => Complete(
            slots.CategoricalRanges.Chunk(2).Select(range => Enumerable.Range(range[0], range[1] - range[0] + 1).ToArray()), slotCount);
    }

    private sealed class Lists : FeatureGroups
    {
        private readonly int[][] _groups;

        public Lists(int[][] groups)
        {
            var groupOf = new Dictionary<int, int>();
            for (int i = 0; i < groups.Length; i++)
            {
                if (groups[i].Length == 0)
                {
                    throw new ArgumentException($"Group {i} has no slots.", nameof(groups));
                }

                foreach (int slot in groups[i])
                {
                    if (slot < 0)
                    {
                        throw new ArgumentException($"Group {i} names slot {slot}; slots are numbered from 0.", nameof(groups));
                    }

                    if (!groupOf.TryAdd(slot, i))
                    {
                        throw new ArgumentException(groupOf[slot] == i
                            ? $"Slot {slot} is in group {i} twice."
                            : $"Slot {slot} is in group {groupOf[slot]} and again in group {i}; groups must not overlap.", nameof(groups));
                    }
                }
            }

            _groups = groups;
        }

        internal override int[][] Resolve(SlotMetadata slots, int slotCount)
        {
            int last = _groups.Length == 0 ? 0 : _groups.Max(group => group[^1]);
            if (last >= slotCount)
            {
                throw new ArgumentException($"Groups names slot {last}, but the feature column has {slotCount} slots, 0 to {slotCount - 1}.");
            }

            return Complete(_groups, slotCount);
        }
    }
}
