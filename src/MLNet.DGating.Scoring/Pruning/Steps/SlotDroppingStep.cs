using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>A step that drops slots: it drops those that are not needed as well, and passes the others on.</summary>
/// <param name="env">The environment of what is made.</param>
/// <param name="transformer">The step; <see cref="Covers"/> must accept it.</param>
/// <param name="input">The columns before it.</param>
internal sealed class SlotDroppingStep(IHostEnvironment env, SlotsDroppingTransformer transformer, DataViewSchema input) : PrunableStep
{
    private readonly List<(string Output, string Input, int[] Kept)> _needed = [];

    /// <summary>Tells whether the columns are vectors of known size with slots left, and none is made of another one.</summary>
    public static bool Covers(SlotsDroppingTransformer transformer, DataViewSchema input)
    {
        (string Output, string Input)[] pairs = transformer.ColumnPairs;
        DataViewSchema output = transformer.GetOutputSchema(input);
        return pairs.Index().All(pair =>
            input[pair.Item.Input].Type is VectorDataViewType { IsKnownSize: true, Size: > 1 }
            && ColumnLayouts.SlotCount(output, pair.Item.Output) == Kept(transformer, pair.Index, input).Length
            && pairs.Take(pair.Index).All(before => before.Output != pair.Item.Input));
    }

    /// <summary>Returns the slots that a column keeps.</summary>
    public static int[] Kept(SlotsDroppingTransformer transformer, int column, DataViewSchema input)
    {
        int[] first = transformer.SlotsMin[column], last = transformer.SlotsMax[column];
        return
        [
            .. Enumerable.Range(0, SizeOf(input, transformer.ColumnPairs[column].inputColumnName))
                .Where(slot => !first.Zip(last).Any(range => range.First <= slot && slot <= range.Second)),
        ];
    }

    public override void Trace(ColumnNeeds needs)
    {
        (string Output, string Input)[] pairs = transformer.ColumnPairs;
        SlotSet?[] slots = Array.ConvertAll(pairs, pair => needs.Take(pair.Output));
        for (int column = 0; column < pairs.Length; column++)
        {
            if (slots[column] is { } needed)
            {
                // A column must have a slot, also where none is needed.
                int[] before = Kept(transformer, column, input), kept = [.. before.Where((_, slot) => needed.Contains(slot))];
                kept = kept.Length == 0 ? before[..1] : kept;
                needs.Add(pairs[column].Input, SlotSet.Of(SizeOf(input, pairs[column].Input), kept.Contains));
                _needed.Add((pairs[column].Output, pairs[column].Input, kept));
            }
        }
    }

    public override IEnumerable<ITransformer> Rebuild(ColumnLayouts layouts)
    {
        foreach ((string output, string source, int[] kept) in _needed)
        {
            int[] present = layouts.KeptSlots(source) ?? [.. Enumerable.Range(0, SizeOf(input, source))];
            int column = Array.FindIndex(transformer.ColumnPairs, pair => pair.outputColumnName == output);
            int[] before = Kept(transformer, column, input);
            int[] former = Array.ConvertAll(kept, slot => Array.IndexOf(before, slot));
            layouts.Set(output, former.Length == before.Length ? null : former);
            if (output != source || kept.Length < present.Length)
            {
                yield return SlotSelection.Create(env, output, source, Array.ConvertAll(present, kept.Contains));
            }
        }
    }

    private static int SizeOf(DataViewSchema schema, string column) => schema[column].Type.GetVectorSize();
}
