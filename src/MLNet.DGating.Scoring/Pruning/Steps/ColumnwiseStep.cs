using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>A step that makes each of its columns of one input: columns that are not needed leave it.</summary>
/// <remarks>Where a slot of the output is made of a slot of the input alone, slots that are not needed leave it too.</remarks>
internal sealed class ColumnwiseStep : PrunableStep
{
    private readonly OneToOneTransformerBase _transformer;

    // How many slots of an output a slot of its input becomes; 0 where all of the input is needed for any of them.
    private readonly int[] _factors;
    private int[] _needed = [];

    public ColumnwiseStep(OneToOneTransformerBase transformer, DataViewSchema input)
    {
        _transformer = transformer;
        DataViewSchema output = transformer.GetOutputSchema(input);
        _factors = [.. transformer.ColumnPairs.Select((pair, column) => Factor(transformer, column, input[pair.inputColumnName],
            output[pair.outputColumnName]))];
    }

    public override void Trace(ColumnNeeds needs)
    {
        SlotSet?[] slots = Array.ConvertAll(_transformer.ColumnPairs, pair => needs.Take(pair.outputColumnName));
        _needed = [.. slots.Index().Where(column => column.Item is not null).Select(column => column.Index)];
        foreach (int column in _needed)
        {
            int factor = _factors[column];
            SlotSet needed = slots[column]!;
            needs.Add(_transformer.ColumnPairs[column].inputColumnName, factor == 0 || needed.IsWhole
                ? SlotSet.Whole
                : SlotSet.Of(needed.Count / factor, slot => needed.ContainsAny(slot * factor, factor)));
        }
    }

    public override IEnumerable<ITransformer> Rebuild(ColumnLayouts layouts)
    {
        int[]?[] kept = [.. _needed.Select(column => layouts.KeptSlots(_transformer.ColumnPairs[column].inputColumnName))];
        foreach ((int column, int[]? slots) in _needed.Zip(kept))
        {
            int factor = _factors[column];
            layouts.Set(_transformer.ColumnPairs[column].outputColumnName,
                slots is null ? null : [.. slots.SelectMany(slot => Enumerable.Range(slot * factor, factor))]);
        }

        bool isAsItWas = _needed.Length == _transformer.ColumnPairs.Length && kept.All(slots => slots is null);
        return _needed.Length == 0 ? [] : [isAsItWas ? _transformer : TransformerParts.Select(_transformer, _needed, kept)];
    }

    private static int Factor(
        OneToOneTransformerBase transformer, int column, DataViewSchema.Column input, DataViewSchema.Column output)
    {
        bool areSized = input.Type is VectorDataViewType { IsKnownSize: true } && output.Type is VectorDataViewType { IsKnownSize: true };
        return !areSized ? 0 : transformer switch
        {
            ColumnCopyingTransformer or TypeConvertingTransformer or MissingValueIndicatorTransformer or MissingValueReplacingTransformer
                or NormalizingTransformer or ValueToKeyMappingTransformer or KeyToValueMappingTransformer => 1,
            KeyToVectorMappingTransformer keys when !keys.Columns.ElementAt(column).OutputCountVector =>
                output.Type.GetVectorSize() / input.Type.GetVectorSize(),
            _ => 0,
        };
    }
}
