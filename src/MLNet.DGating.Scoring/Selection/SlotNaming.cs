namespace MLNet.DGating;

/// <summary>Names slots and sets of slots. ML.NET's Concatenate names the slots of a vector column "Column.Slot".</summary>
internal static class SlotNaming
{
    private const char Separator = '.';

    /// <summary>One name for each slot: its own, or "Slot i".</summary>
    public static string[] NameAll(string[]? names, int slotCount)
    {
        string[] all = new string[slotCount];
        for (int slot = 0; slot < slotCount; slot++)
        {
            all[slot] = string.IsNullOrEmpty(names?[slot]) ? $"Slot {slot}" : names[slot];
        }

        return all;
    }

    /// <summary>The column that a slot came from: its name before the first dot; empty where there is no dot.</summary>
    public static ReadOnlySpan<char> ColumnOf(string slotName)
    {
        int dot = slotName.IndexOf(Separator, StringComparison.Ordinal);
        return slotName.AsSpan(0, Math.Max(dot, 0));
    }

    /// <summary>The column that all <paramref name="slots"/> came from; empty if their names do not agree on one.</summary>
    public static ReadOnlySpan<char> CommonColumn(string[] names, ReadOnlySpan<int> slots)
    {
        ReadOnlySpan<char> column = ColumnOf(names[slots[0]]);
        foreach (int slot in slots)
        {
            if (!ColumnOf(names[slot]).SequenceEqual(column))
            {
                return [];
            }
        }

        return column;
    }

    /// <summary>A name for slots that belong together.</summary>
    /// <returns>The only slot's own, the common column's, or the first slot's with the number of the others.</returns>
    public static string NameSet(string[] names, ReadOnlySpan<int> slots)
    {
        if (slots.Length == 1)
        {
            return names[slots[0]];
        }

        ReadOnlySpan<char> column = CommonColumn(names, slots);
        return column.IsEmpty ? $"{names[slots[0]]} (+{slots.Length - 1})" : column.ToString();
    }

    /// <summary>Gives the name of a category, whose slot is called FEATURE.VALUE.</summary>
    /// <param name="slot">The name of the slot.</param>
    /// <param name="feature">The name of the feature.</param>
    public static string LevelName(string slot, string feature) =>
        slot.Length > feature.Length + 1 && slot.StartsWith(feature + ".", StringComparison.Ordinal) ? slot[(feature.Length + 1)..] : slot;
}
