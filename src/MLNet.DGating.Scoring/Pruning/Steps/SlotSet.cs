namespace MLNet.DGating;

/// <summary>Slots of a column that are needed: some of them, or the whole column.</summary>
internal sealed class SlotSet
{
    private readonly bool[]? _slots;

    private SlotSet(bool[]? slots)
    {
        _slots = slots;
    }

    /// <summary>Every slot, also of a column that is no vector or has no fixed length.</summary>
    public static SlotSet Whole { get; } = new(null);

    public bool IsWhole => _slots is null;

    /// <summary>The number of slots of the column; 0 for the whole of one, whatever it has.</summary>
    public int Count => _slots?.Length ?? 0;

    /// <summary>Creates the set of the slots that a condition accepts; all of them are the whole column.</summary>
    public static SlotSet Of(int count, Func<int, bool> contains)
    {
        bool[] slots = [.. Enumerable.Range(0, count).Select(contains)];
        return slots.Contains(false) ? new SlotSet(slots) : Whole;
    }

    public bool Contains(int slot) => _slots is null || _slots[slot];

    public bool ContainsAny(int first, int count) => _slots is null || _slots.AsSpan(first, count).Contains(true);

    public SlotSet Union(SlotSet other) =>
        _slots is null || other._slots is null ? Whole : Of(_slots.Length, slot => _slots[slot] || other._slots[slot]);
}
