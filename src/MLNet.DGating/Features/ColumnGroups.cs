namespace MLNet.DGating;

/// <summary>Groups slots by the names of columns and slots.</summary>
internal sealed class ColumnGroups : FeatureGroups
{
    private readonly string[][] _groups;

    public ColumnGroups(string[][] groups)
    {
        var groupOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < groups.Length; i++)
        {
            if (groups[i].Length == 0)
            {
                throw new ArgumentException($"Group {i} has no names.", nameof(groups));
            }

            foreach (string name in groups[i])
            {
                if (string.IsNullOrEmpty(name))
                {
                    throw new ArgumentException($"Group {i} holds an empty name.", nameof(groups));
                }

                if (!groupOf.TryAdd(name, i))
                {
                    string overlap = Overlap($"'{name}'", groups[groupOf[name]], groups[i], groupOf[name] == i);
                    throw new ArgumentException(overlap, nameof(groups));
                }
            }
        }

        _groups = groups;
    }

    internal override int[][] Resolve(SlotMetadata slots, int slotCount)
    {
        string[] slotNames = SlotNaming.NameAll(slots.Names, slotCount);
        ILookup<string, int> slotsOf = FeatureNames.SlotsOfName(slotNames);
        var groupOf = new Dictionary<int, int>();
        for (int i = 0; i < _groups.Length; i++)
        {
            foreach (string name in _groups[i])
            {
                if (!slotsOf.Contains(name))
                {
                    throw new ArgumentException(
                        $"Groups names '{name}', but there is no such column or slot. " +
                        $"There are {FeatureNames.List(FeatureNames.ColumnsOf(slotNames))}.");
                }

                int shared = slotsOf[name].FirstOrDefault(slot => !groupOf.TryAdd(slot, i), -1);
                if (shared >= 0)
                {
                    int first = groupOf[shared];
                    string overlap = Overlap($"slot '{slotNames[shared]}'", _groups[first], _groups[i], first == i);
                    throw new ArgumentException($"Groups: {overlap}");
                }
            }
        }

        // The slots of a category that are in none of the groups stay together.
        IEnumerable<int[]> rest = CategoryBlocks(slots)
            .Select(block => block.Where(slot => !groupOf.ContainsKey(slot)).ToArray())
            .Where(block => block.Length > 0);
        IEnumerable<int[]> given = groupOf.GroupBy(slot => slot.Value, slot => slot.Key).Select(group => group.Order().ToArray());
        return Complete(given.Concat(rest), slotCount);
    }

    private static string Overlap(string what, string[] group, string[] other, bool isSame) => isSame
        ? $"{what} is in the group ({string.Join(", ", group)}) twice."
        : $"{what} is in the group ({string.Join(", ", group)}) and again in the group ({string.Join(", ", other)}); " +
            "groups must not overlap.";
}
