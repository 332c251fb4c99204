using System.Collections;

namespace MLNet.DGating;

/// <summary>Takes slots out of arrays with an entry for each slot of a column.</summary>
internal static class SlotArrays
{
    /// <summary>Returns the entries of some slots, in an array of the same type.</summary>
    public static Array Select(Array entries, int[] slots)
    {
        var selected = Array.CreateInstance(entries.GetType().GetElementType()!, slots.Length);
        for (int i = 0; i < slots.Length; i++)
        {
            selected.SetValue(entries.GetValue(slots[i]), i);
        }

        return selected;
    }

    /// <inheritdoc cref="Select(Array, int[])"/>
    public static BitArray Select(BitArray entries, int[] slots) => new(Array.ConvertAll(slots, slot => entries[slot]));
}
