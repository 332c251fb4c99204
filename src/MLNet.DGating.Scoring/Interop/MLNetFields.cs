using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Reads private fields of ML.NET's transformers that nothing else tells.</summary>
/// <remarks>A field that another version of ML.NET names differently reads as null; the callers then leave the step alone.</remarks>
internal static class MLNetFields
{
    private const string TextFeaturizer = "Microsoft.ML.Transforms.Text.TextFeaturizingEstimator+Transformer";

    /// <summary>Returns the columns of a concatenation, with the names that it gives to their slots.</summary>
    public static ColumnConcatenatingTransformer.ColumnOptions[] Columns(ColumnConcatenatingTransformer transformer) =>
        Read<ColumnConcatenatingTransformer.ColumnOptions[]>(transformer, "_columns")
        ?? throw new NotSupportedException("This version of ML.NET keeps the columns of a concatenation elsewhere.");

    /// <summary>Returns the steps of a transformer that only holds others, such as one-hot encoding; null of any other.</summary>
    public static ITransformer? HeldChain(ITransformer transformer) => transformer switch
    {
        OneHotEncodingTransformer or OneHotHashEncodingTransformer => Read<ITransformer>(transformer, "_transformer"),
        _ when transformer.GetType().FullName == TextFeaturizer => Read<ITransformer>(transformer, "_chain"),
        _ => null,
    };

    /// <summary>Returns the value of a private field; null where there is none of this name and type.</summary>
    public static T? Read<T>(object instance, string field)
        where T : class =>
        instance.GetType().GetField(field, BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(instance) as T;
}
