using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Makes transformers of some columns, and of some slots of them, out of fitted ones of ML.NET.</summary>
/// <remarks>
/// ML.NET has no constructors that take what was fitted. But a transformer of several columns is a value: its fields are parameters that
/// all columns share, and arrays with an entry for each. A copy with shorter arrays is the same transformer for fewer columns. One with an
/// array of another length, or of a type that is not listed, is not taken apart.
/// </remarks>
internal static class TransformerParts
{
    private const BindingFlags OwnFields =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly HashSet<string> s_known =
    [
        "MLNet.DGating.TargetEncodingTransformer",
        .. ((string[])
        [
            nameof(ColumnCopyingTransformer), nameof(HashingTransformer), nameof(KeyToValueMappingTransformer),
            nameof(KeyToVectorMappingTransformer), nameof(NormalizingTransformer), nameof(SlotsDroppingTransformer),
            nameof(TypeConvertingTransformer), nameof(ValueMappingTransformer), nameof(ValueToKeyMappingTransformer),
            nameof(LpNormNormalizingTransformer), nameof(KeyToBinaryVectorMappingTransformer), nameof(MissingValueIndicatorTransformer),
            nameof(MissingValueReplacingTransformer), nameof(ApproximatedKernelTransformer),
        ]).Select(name => "Microsoft.ML.Transforms." + name),
        .. ((string[])
        [
            "NgramExtractingTransformer", "StopWordsRemovingTransformer", "CustomStopWordsRemovingTransformer",
            "TextNormalizingTransformer", "TokenizingByCharactersTransformer", "WordEmbeddingTransformer", "WordTokenizingTransformer",
        ]).Select(name => "Microsoft.ML.Transforms.Text." + name),
    ];

    // The table of a value mapping as it is saved, which its columns share.
    private static readonly HashSet<string> s_sharedArrays = ["_dataView"];

    private static readonly MethodInfo s_copy =
        typeof(object).GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static readonly FieldInfo s_pairs = typeof(OneToOneTransformerBase)
        .GetField(nameof(OneToOneTransformerBase.ColumnPairs), BindingFlags.Instance | BindingFlags.NonPublic)!;

    public static bool CanSelect(OneToOneTransformerBase transformer)
    {
        // A type derived from one of ML.NET's, such as ValueMappingTransformer<TKey, TValue>, has its fields.
        bool isKnown = TypesOf(transformer).Any(type => s_known.Contains(type.FullName!));
        return isKnown && (transformer is NormalizingTransformer || FieldsOf(transformer).All(field =>
            Entries(field, transformer) is not { } entries || entries.Count == transformer.ColumnPairs.Length));
    }

    /// <summary>Makes a transformer of some columns of another.</summary>
    /// <param name="transformer">The transformer; <see cref="CanSelect"/> must accept it.</param>
    /// <param name="columns">The numbers of the columns, ascending.</param>
    /// <param name="slots">For each column the slots of its input that are left; null for all of them.</param>
    public static ITransformer Select(OneToOneTransformerBase transformer, int[] columns, int[]?[] slots)
    {
        if (transformer is NormalizingTransformer normalizing)
        {
            return NormalizerParts.Select(normalizing, columns, slots);
        }

        var copy = (OneToOneTransformerBase)Copy(transformer);
        s_pairs.SetValue(copy, Array.ConvertAll(columns, column => transformer.ColumnPairs[column]));
        foreach (FieldInfo field in FieldsOf(transformer))
        {
            if (Entries(field, transformer) is { } entries)
            {
                field.SetValue(copy, Select(entries, field.FieldType, columns));
            }
        }

        if (copy is MissingValueReplacingTransformer replacing)
        {
            ReplacementParts.KeepSlots(replacing, slots);
        }

        return copy;
    }

    /// <summary>Returns a copy whose fields have the same values.</summary>
    public static object Copy(object instance) => s_copy.Invoke(instance, null)!;

    private static IEnumerable<Type> TypesOf(OneToOneTransformerBase transformer)
    {
        for (Type type = transformer.GetType(); type != typeof(OneToOneTransformerBase); type = type.BaseType!)
        {
            yield return type;
        }
    }

    private static IEnumerable<FieldInfo> FieldsOf(OneToOneTransformerBase transformer) =>
        TypesOf(transformer).SelectMany(type => type.GetFields(OwnFields)).Where(field => !s_sharedArrays.Contains(field.Name));

    private static IList? Entries(FieldInfo field, object instance) =>
        field.FieldType.IsArray || IsImmutableArray(field.FieldType) ? (IList?)field.GetValue(instance) : null;

    private static object Select(IList entries, Type type, int[] columns)
    {
        Type item = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0];
        var selected = Array.CreateInstance(item, columns.Length);
        for (int i = 0; i < columns.Length; i++)
        {
            selected.SetValue(entries[columns[i]], i);
        }

        return type.IsArray ? selected : AsImmutable(selected, item);
    }

    private static bool IsImmutableArray(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>);

    private static object AsImmutable(Array entries, Type item) => typeof(TransformerParts)
        .GetMethod(nameof(ToImmutableArray), BindingFlags.Static | BindingFlags.NonPublic)!
        .MakeGenericMethod(item).Invoke(null, [entries])!;

    private static ImmutableArray<T> ToImmutableArray<T>(T[] entries) => ImmutableArray.Create(entries);
}
