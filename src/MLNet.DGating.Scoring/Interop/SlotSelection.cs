using Microsoft.ML;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Keeps some slots of a vector column with ML.NET's own transformers, which load anywhere ML.NET is.</summary>
internal static class SlotSelection
{
    public static ITransformer Create(IHostEnvironment env, string outputColumnName, string inputColumnName, ReadOnlySpan<bool> keep)
    {
        (int First, int? Last)[] dropped = DroppedRanges(keep);

        // SlotsDroppingTransformer reads an empty list as "drop everything".
        return dropped.Length == 0
            ? new ColumnCopyingTransformer(env, (outputColumnName, inputColumnName))
            : new SlotsDroppingTransformer(env, new SlotsDroppingTransformer.ColumnOptions(outputColumnName, inputColumnName, dropped));
    }

    private static (int First, int? Last)[] DroppedRanges(ReadOnlySpan<bool> keep)
    {
        var ranges = new List<(int, int?)>();
        for (int slot = 0; slot < keep.Length; slot++)
        {
            if (keep[slot])
            {
                continue;
            }

            int first = slot;
            while (slot + 1 < keep.Length && !keep[slot + 1])
            {
                slot++;
            }

            ranges.Add((first, slot));
        }

        return [.. ranges];
    }
}
