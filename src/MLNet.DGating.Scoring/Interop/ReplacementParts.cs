using System.Collections;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Takes slots out of a step that replaces missing values, each slot's by its own.</summary>
internal static class ReplacementParts
{
    /// <summary>Changes a transformer, which must have arrays of its own, so that its columns have some of their slots.</summary>
    /// <param name="transformer">The transformer.</param>
    /// <param name="slots">For each column the slots that are left; null for all of them.</param>
    public static void KeepSlots(MissingValueReplacingTransformer transformer, int[]?[] slots)
    {
        DataViewType[] types = Field<DataViewType[]>(transformer, "_replaceTypes");
        object[] values = Field<object[]>(transformer, "_repValues");
        BitArray[] areDefaults = Field<BitArray[]>(transformer, "_repIsDefault");
        foreach ((int column, int[]? kept) in slots.Index())
        {
            if (kept is not null && types[column] is VectorDataViewType vector)
            {
                types[column] = new VectorDataViewType(vector.ItemType, kept.Length);
                values[column] = values[column] is Array each ? SlotArrays.Select(each, kept) : values[column];
                areDefaults[column] = areDefaults[column] is { } bits ? SlotArrays.Select(bits, kept) : null!;
            }
        }
    }

    private static T Field<T>(MissingValueReplacingTransformer transformer, string name)
        where T : class => MLNetFields.Read<T>(transformer, name)
        ?? throw new NotSupportedException($"This version of ML.NET has no field {name} where missing values are replaced.");
}
