namespace MLNet.DGating;

/// <summary>Checks lists of slots.</summary>
internal static class SlotIndices
{
    /// <summary>Throws unless <paramref name="slots"/> ascend strictly within [0, <paramref name="slotCount"/>).</summary>
    public static void CheckAscending(ReadOnlySpan<int> slots, int slotCount, string name)
    {
        int previous = -1;
        foreach (int slot in slots)
        {
            if (slot <= previous || slot >= slotCount)
            {
                throw new ArgumentException($"Must be ascending slots in [0, {slotCount}), but {slot} follows {previous}.", name);
            }

            previous = slot;
        }
    }
}
