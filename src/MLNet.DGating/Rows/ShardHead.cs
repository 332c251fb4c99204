using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Internal.Utilities;
using MLNet.DGating.Torch.ModelSelection.Runs;

namespace MLNet.DGating;

/// <summary>Says of a rank's shard what the others need to know before rows are joined: what must be the same, and what it has.</summary>
/// <param name="Options">A hash of the options and the seed.</param>
/// <param name="Slots">A hash of the feature slots and of their groups.</param>
/// <param name="Classes">A hash of the label's type and classes.</param>
/// <param name="Columns">Which data there is beside features and label.</param>
internal sealed record ShardHead(string Options, string Slots, string Classes, string Columns)
{
    private static readonly FuncStaticMethodInfo1<DataViewSchema.Column, string[]> s_valuesOf = new(ValuesOf<int>);

    /// <summary>Why the shard could not be read; null where it was.</summary>
    public string? Error { get; init; }

    /// <summary>The number of training rows.</summary>
    public int TrainingRows { get; init; }

    /// <summary>The number of validation rows.</summary>
    public int ValidationRows { get; init; }

    /// <summary>Whether a feature of some row was missing.</summary>
    public bool HasMissing { get; init; }

    /// <summary>Describes a shard that has not been read yet.</summary>
    /// <param name="schema">The columns of the training rows.</param>
    /// <param name="slots">The feature column.</param>
    /// <param name="options">The options of the trainer.</param>
    /// <param name="seed">The seed of the fit.</param>
    /// <param name="hasValidation">Whether there are validation rows.</param>
    /// <param name="hasKeys">Whether rows have sampling keys.</param>
    public static ShardHead Of(
        RoleMappedSchema schema, FeatureSlots slots, DGatingTrainerOptions options, int seed, bool hasValidation, bool hasKeys) => new(
        PlainData.Hash($"{OptionsIdentity.Of(options)}\n{seed}"),
        PlainData.Hash((string[])[.. slots.GroupNames(), .. slots.Groups.Select(group => string.Join(',', group))]),
        PlainData.Hash((string[])[$"{schema.Label?.Type}", .. schema.Label is { } label ? ClassesOf(label) : []]),
        $"weights: {schema.Weight.HasValue}, validation rows: {hasValidation}, sampling keys: {hasKeys}");

    /// <summary>Tells in a sentence why the shard of a rank cannot be joined to that of rank 0; null where it can.</summary>
    /// <param name="rank">The rank.</param>
    /// <param name="first">The shard of rank 0.</param>
    public string? Difference(string rank, ShardHead first) => this switch
    {
        _ when Error is not null =>
            $"{rank} could not read its rows: {Error}",
        _ when Options != first.Options =>
            $"{rank} has other options or another seed than rank 0: start every rank with the same options, and give a seed.",
        _ when Slots != first.Slots =>
            $"{rank} has other feature slots than rank 0: prepare features alike on every rank, by transforms fitted on the same rows.",
        _ when Classes != first.Classes =>
            $"{rank} has other label classes than rank 0: map labels alike on every rank, such as by MapValueToKey with keyData.",
        _ when Columns != first.Columns =>
            $"{rank} has other data than rank 0 ({Columns}; rank 0 has {first.Columns}): give the same columns and data on all ranks.",
        _ => null,
    };

    private static string[] ClassesOf(DataViewSchema.Column label)
    {
        if (!label.HasKeyValues())
        {
            return [];
        }

        DataViewType type = label.Annotations.Schema[AnnotationUtils.Kinds.KeyValues].Type.GetItemType();
        return Utils.MarshalInvoke(s_valuesOf, type.RawType, label);
    }

    private static string[] ValuesOf<T>(DataViewSchema.Column label)
    {
        VBuffer<T> values = default;
        label.Annotations.GetValue(AnnotationUtils.Kinds.KeyValues, ref values);
        return [.. values.DenseValues().Select(value => FormattableString.Invariant($"{value}"))];
    }
}
