namespace MLNet.DGating;

/// <summary>Finds slots by the names that options use: the name of a slot, or of the column that it came from.</summary>
internal static class FeatureNames
{
    private const int MostListed = 10;
    private const int LongestName = 40;

    /// <summary>Gives the slots that each name stands for: those named "Name.…", and those named exactly so.</summary>
    public static ILookup<string, int> SlotsOfName(string[] slotNames) => Enumerable.Range(0, slotNames.Length)
        .SelectMany(slot => (IEnumerable<(string Name, int Slot)>)(SlotNaming.ColumnOf(slotNames[slot]) is { IsEmpty: false } column
            ? [(slotNames[slot], slot), (column.ToString(), slot)]
            : [(slotNames[slot], slot)]))
        .ToLookup(pair => pair.Name, pair => pair.Slot, StringComparer.Ordinal);

    /// <summary>Gives the columns that the slots came from; a slot without a column counts as one itself.</summary>
    public static IEnumerable<string> ColumnsOf(string[] slotNames) =>
        slotNames.Select(name => SlotNaming.ColumnOf(name) is { IsEmpty: false } column ? column.ToString() : name).Distinct();

    /// <summary>Lists names for an error message: the first ones, and the number of the others.</summary>
    public static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        string listed = string.Join(", ", all.Take(MostListed).Select(name => $"'{name}'"));
        return all.Length > MostListed ? $"{listed} and {all.Length - MostListed} more" : listed;
    }

    /// <summary>Shortens a name for a table: the first letters, and three dots where some are missing.</summary>
    public static string Shorten(string name) =>
        name.Length <= LongestName ? name : string.Concat(name.AsSpan(0, LongestName - 3), "...");
}
