namespace MLNet.DGating;

/// <summary>Finds slots of one source column: blocks of one-hot slots, and slots whose names begin with the same column's name.</summary>
internal static class SourceColumns
{
    /// <summary>Partitions all slots: each part ascending, the parts in the order of their first slots.</summary>
    /// <param name="names">A name for each slot.</param>
    /// <param name="categoricalRanges">Pairs of first and last slot that hold one category.</param>
    public static int[][] Find(string[] names, int[] categoricalRanges)
    {
        var columns = new List<List<int>>();
        var byName = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        Dictionary<string, List<int>>.AlternateLookup<ReadOnlySpan<char>> lookup = byName.GetAlternateLookup<ReadOnlySpan<char>>();

        int range = 0;
        for (int slot = 0; slot < names.Length;)
        {
            bool inRange = range < categoricalRanges.Length && categoricalRanges[range] == slot;
            int end = inRange ? categoricalRanges[range + 1] + 1 : slot + 1;
            range += inRange ? 2 : 0;

            int[] block = [.. Enumerable.Range(slot, end - slot)];
            ReadOnlySpan<char> column = SlotNaming.CommonColumn(names, block);
            if (column.IsEmpty || !lookup.TryGetValue(column, out List<int>? slots))
            {
                slots = [];
                columns.Add(slots);
                if (!column.IsEmpty)
                {
                    lookup[column] = slots;
                }
            }

            slots.AddRange(block);
            slot = end;
        }

        return [.. columns.Select(slots => slots.ToArray())];
    }
}
