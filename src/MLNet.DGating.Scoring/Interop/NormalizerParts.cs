using System.Globalization;
using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Takes columns and slots out of a fitted normalizer.</summary>
internal static class NormalizerParts
{
    private const BindingFlags AllFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    // Of an affine function: the offsets, null where all are 0, and the slots whose offset is not 0, by their number.
    private const string Offsets = "Offset", NonZeroOffsets = "IndicesNonZeroOffset";

    public static NormalizingTransformer Select(NormalizingTransformer transformer, int[] columns, int[]?[] slots)
    {
        NormalizingTransformer.ColumnOptions[] parts =
            [.. columns.Zip(slots, (column, kept) => kept is null ? transformer.Columns[column] : Of(transformer.Columns[column], kept))];
        IHostEnvironment env = MLNetFields.Read<IHostEnvironment>(transformer, "Host")!;
        return (NormalizingTransformer)Activator.CreateInstance(
            typeof(NormalizingTransformer), BindingFlags.Instance | BindingFlags.NonPublic, binder: null, [env, parts], culture: null)!;
    }

    private static NormalizingTransformer.ColumnOptions Of(NormalizingTransformer.ColumnOptions column, int[] slots)
    {
        var vector = (VectorDataViewType)column.InputType;
        return new(column.Name, column.InputColumnName, new VectorDataViewType(vector.ItemType, slots.Length),
            Of(column.ColumnFunction, vector.Size, slots));
    }

    // A function of a vector holds an array of parameters for each kind of them: scale and offset, mean and deviation, bounds of bins.
    private static IColumnFunction Of(IColumnFunction function, int size, int[] slots)
    {
        object copy = TransformerParts.Copy(function);
        foreach (FieldInfo field in FieldsOf(function))
        {
            if (field.GetValue(function) is Array entries)
            {
                field.SetValue(copy, field.Name == NonZeroOffsets ? Renumber((int[])entries, slots)
                    : entries.Length == size ? OfSlots(field, entries, slots)
                    : throw new NotSupportedException($"This version of ML.NET has an array {field.Name} in {function.GetType()}."));
            }
        }

        return (IColumnFunction)copy;
    }

    private static IEnumerable<FieldInfo> FieldsOf(IColumnFunction function)
    {
        for (Type? type = function.GetType(); type is not null; type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(AllFields | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }

    // ML.NET cannot load a function whose offsets are there and all 0.
    private static Array? OfSlots(FieldInfo field, Array entries, int[] slots)
    {
        Array selected = SlotArrays.Select(entries, slots);
        bool areOffsets = field is { Name: Offsets, DeclaringType.Name: "ImplVec`1" }
            && field.DeclaringType.DeclaringType?.Name.StartsWith("Affine", StringComparison.Ordinal) == true;
        return areOffsets && selected.Cast<IConvertible>().All(offset => offset.ToDouble(CultureInfo.InvariantCulture) == 0)
            ? null
            : selected;
    }

    private static int[]? Renumber(int[] indices, int[] slots)
    {
        int[] left = [.. slots.Index().Where(slot => Array.BinarySearch(indices, slot.Item) >= 0).Select(slot => slot.Index)];
        return left.Length > 0 ? left : null;
    }
}
