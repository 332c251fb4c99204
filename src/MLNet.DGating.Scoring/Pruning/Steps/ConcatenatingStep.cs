using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>A concatenation: inputs none of whose slots are needed leave it.</summary>
internal sealed class ConcatenatingStep(IHostEnvironment env, ColumnConcatenatingTransformer transformer, DataViewSchema input)
    : PrunableStep
{
    private readonly List<(string Output, (string Name, string Alias)[] Sources, int?[] Sizes, bool[] Kept)> _needed = [];

    public override void Trace(ColumnNeeds needs)
    {
        (ColumnConcatenatingTransformer.ColumnOptions Column, SlotSet? Slots)[] outputs =
            [.. MLNetFields.Columns(transformer).Select(column => (column, needs.Take(column.Name)))];
        foreach ((ColumnConcatenatingTransformer.ColumnOptions column, SlotSet? slots) in outputs)
        {
            if (slots is not null)
            {
                Trace(column, slots, needs);
            }
        }
    }

    public override IEnumerable<ITransformer> Rebuild(ColumnLayouts layouts)
    {
        if (_needed.Count == 0)
        {
            return [];
        }

        int[]?[] slots = [.. _needed.Select(column => KeptSlots(column.Sources, column.Sizes, column.Kept, layouts))];
        foreach (((string output, _, _, _), int[]? kept) in _needed.Zip(slots))
        {
            layouts.Set(output, kept);
        }

        var columns = new List<ColumnConcatenatingTransformer.ColumnOptions>();
        var halves = new List<ITransformer>();
        foreach ((string output, (string Name, string Alias)[] sources, _, bool[] kept) in _needed)
        {
            (string Name, string Alias)[] left = [.. sources.Where((_, source) => kept[source])];
            if (left.Length == 1
                && layouts.Schema[left[0].Name].Type is VectorDataViewType { IsKnownSize: true, Dimensions.Length: > 1 } only)
            {
                // ML.NET passes on a single vector with all its dimensions; what follows takes one. Twice the same makes one dimension.
                left = [left[0], left[0]];
                bool[] firstHalf = [.. Enumerable.Range(0, 2 * only.Size).Select(slot => slot < only.Size)];
                halves.Add(SlotSelection.Create(env, output, output, firstHalf));
            }

            columns.Add(new ColumnConcatenatingTransformer.ColumnOptions(output, left));
        }

        return [new ColumnConcatenatingTransformer(env, [.. columns]), .. halves];
    }

    private void Trace(ColumnConcatenatingTransformer.ColumnOptions column, SlotSet slots, ColumnNeeds needs)
    {
        (string Name, string Alias)[] sources = [.. column.Sources];
        int?[] sizes = Array.ConvertAll(sources, source => ColumnLayouts.SlotCount(input, source.Name));
        bool isSized = !sizes.Contains(null);
        bool[] kept = new bool[sources.Length];
        int first = 0;
        for (int i = 0; i < sources.Length; i++)
        {
            int start = first, size = sizes[i] ?? 0;
            kept[i] = !isSized || slots.ContainsAny(start, size);
            if (kept[i])
            {
                needs.Add(sources[i].Name, isSized ? SlotSet.Of(size, slot => slots.Contains(start + slot)) : SlotSet.Whole);
            }

            first += size;
        }

        if (!kept.Contains(true))
        {
            // A column must have a slot, also where the model reads none of it.
            kept[0] = true;
            needs.Add(sources[0].Name, SlotSet.Whole);
        }

        _needed.Add((column.Name, sources, sizes, kept));
    }

    private static int[]? KeptSlots((string Name, string Alias)[] sources, int?[] sizes, bool[] kept, ColumnLayouts layouts)
    {
        if (sizes.Contains(null))
        {
            return null;
        }

        var slots = new List<int>();
        int first = 0;
        for (int i = 0; i < sources.Length; i++)
        {
            int size = sizes[i]!.Value, start = first;
            if (kept[i])
            {
                slots.AddRange((layouts.KeptSlots(sources[i].Name) ?? Enumerable.Range(0, size)).Select(slot => start + slot));
            }

            first += size;
        }

        return slots.Count == first ? null : [.. slots];
    }
}
