namespace MLNet.DGating;

/// <summary>The columns, and their slots, that the steps behind a point of a pipeline need.</summary>
/// <remarks>A step takes the columns that it makes out of the needs, and adds those that it reads for them.</remarks>
internal sealed class ColumnNeeds
{
    private readonly Dictionary<string, SlotSet> _columns = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Columns => _columns.Keys;

    public bool Contains(string column) => _columns.ContainsKey(column);

    public void Add(string column, SlotSet slots) =>
        _columns[column] = _columns.TryGetValue(column, out SlotSet? known) ? known.Union(slots) : slots;

    /// <summary>Takes a column out.</summary>
    /// <returns>What was needed of it; null where nothing was.</returns>
    public SlotSet? Take(string column) => _columns.Remove(column, out SlotSet? slots) ? slots : null;
}
