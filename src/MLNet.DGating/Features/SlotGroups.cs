namespace MLNet.DGating;

/// <summary>Groups slots by their indices.</summary>
internal sealed class SlotGroups : FeatureGroups
{
    private readonly int[][] _groups;

    public SlotGroups(int[][] groups)
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
                    int first = groupOf[slot];
                    throw new ArgumentException(first == i
                        ? $"Slot {slot} is in group {i} twice."
                        : $"Slot {slot} is in group {first} ({string.Join(", ", groups[first])}) " +
                            $"and again in group {i} ({string.Join(", ", groups[i])}); groups must not overlap.",
                        nameof(groups));
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
