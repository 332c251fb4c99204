namespace MLNet.DGating;

/// <summary>The names by which options refer to slots: their own, and that of the column they came from.</summary>
internal static class FeatureNames
{
    private const int MostListed = 10;

    /// <summary>The slots that a name stands for: those named "Name.…", and those named exactly so.</summary>
    public static ILookup<string, int> SlotsOfName(string[] slotNames) => Enumerable.Range(0, slotNames.Length)
        .SelectMany(slot => (IEnumerable<(string Name, int Slot)>)(SlotNaming.ColumnOf(slotNames[slot]) is { IsEmpty: false } column
            ? [(slotNames[slot], slot), (column.ToString(), slot)]
            : [(slotNames[slot], slot)]))
        .ToLookup(pair => pair.Name, pair => pair.Slot, StringComparer.Ordinal);

    /// <summary>The columns the slots came from; a slot that names none is its own.</summary>
    public static IEnumerable<string> ColumnsOf(string[] slotNames) =>
        slotNames.Select(name => SlotNaming.ColumnOf(name) is { IsEmpty: false } column ? column.ToString() : name).Distinct();

    /// <summary>Names for an error message: the first ones, and how many there are beside.</summary>
    public static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        string listed = string.Join(", ", all.Take(MostListed).Select(name => $"'{name}'"));
        return all.Length > MostListed ? $"{listed} and {all.Length - MostListed} more" : listed;
    }
}
