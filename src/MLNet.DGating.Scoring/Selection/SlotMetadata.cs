using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Annotations of a feature column: the names of its slots, and the ranges of slots that hold one category each.</summary>
/// <param name="Names">One for each slot, empty where a slot has none; null where the column names no slots.</param>
/// <param name="CategoricalRanges">Pairs of first and last slot, ascending; empty where there are none.</param>
internal sealed record SlotMetadata(string[]? Names, int[] CategoricalRanges)
{
    public static SlotMetadata None { get; } = new(null, []);

    /// <summary>Reads the annotations SlotNames and CategoricalSlotRanges. Ranges that ML.NET would ignore are ignored.</summary>
    public static SlotMetadata Read(DataViewSchema.Column column, DataViewSchema schema)
    {
        string[]? names = null;
        if (column.HasSlotNames())
        {
            VBuffer<ReadOnlyMemory<char>> slotNames = default;
            column.GetSlotNames(ref slotNames);
            names = [.. slotNames.DenseValues().Select(name => name.ToString())];
        }

        bool hasRanges = AnnotationUtils.TryGetCategoricalFeatureIndices(schema, column.Index, out int[] ranges);
        return new SlotMetadata(names, hasRanges ? ranges : []);
    }

    /// <summary>Returns the annotations of a column that has some of the slots, ascending.</summary>
    public SlotMetadata OfSlots(int[] slots)
    {
        var ranges = new List<int>();
        for (int range = 0; range < CategoricalRanges.Length; range += 2)
        {
            int first = CategoricalRanges[range], last = CategoricalRanges[range + 1];
            int start = slots.Count(slot => slot < first), count = slots.Count(slot => first <= slot && slot <= last);
            if (count > 0)
            {
                ranges.AddRange([start, start + count - 1]);
            }
        }

        return new SlotMetadata(Names is { } names ? Array.ConvertAll(slots, slot => names[slot]) : null, [.. ranges]);
    }
}
