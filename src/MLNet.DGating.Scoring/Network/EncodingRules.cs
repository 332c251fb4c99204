using MLNet.DGating.Model;

namespace MLNet.DGating;

/// <summary>Checks that an encoding can be scored with: it fits the selected slots, and no column is constant.</summary>
internal static class EncodingRules
{
    // Names of the saved format, which the messages on damaged files quote.
    private const string Offsets = "mean", Scales = "inverseDeviation", Bound = "clip";

    /// <summary>Throws an <see cref="ArgumentException"/> that names the slot, the rule and the value.</summary>
    /// <param name="encoding">The encoding of the selected slots.</param>
    /// <param name="slots">The slot of each input.</param>
    /// <param name="name">The parameter that holds the encoding.</param>
    public static void Check(InputEncoding encoding, ReadOnlySpan<int> slots, string name)
    {
        ArgumentNullException.ThrowIfNull(encoding, name);
        CheckColumns(encoding, slots, name);
        Numbers.CheckFinite(encoding.Offsets, encoding.Columns, Offsets);
        Numbers.CheckFinite(encoding.Scales, encoding.Columns, Scales);
        for (int input = 0; input < slots.Length; input++)
        {
            int first = encoding.FirstColumn(input);
            CheckScales(encoding.Scales.AsSpan(first, encoding.ColumnCount(input)), slots[input], Scales);
        }

        CheckBound(encoding.UniformBound, Bound);
        for (int input = 0; input < slots.Length; input++)
        {
            for (int column = encoding.FirstColumn(input); column < encoding.FirstColumn(input + 1); column++)
            {
                CheckBounds(encoding.Lows[column], encoding.Highs[column], slots[input], name);
            }
        }

        if (encoding.IsPiecewise)
        {
            CheckRamps(encoding, slots, name);
        }
    }

    // Ramps that were not adjacent would give other scores where rows are read by intervals than where every column is computed.
    private static void CheckRamps(InputEncoding encoding, ReadOnlySpan<int> slots, string name)
    {
        const float tolerance = 1e-4f;
        for (int input = 0; input < slots.Length; input++)
        {
            for (int column = encoding.FirstColumn(input) + 1; column + 1 < encoding.FirstColumn(input + 1); column++)
            {
                float edge = encoding.Offsets[column], width = encoding.Highs[column] / encoding.Scales[column];
                float next = encoding.Offsets[column + 1];
                if (encoding.Lows[column] != 0 || !(Math.Abs(edge + width - next) <= tolerance * (width + Math.Abs(next))))
                {
                    throw new ArgumentException(
                        $"Ramps must begin at 0 where the one before ends, but one of slot {slots[input]} ends at {edge + width} and the "
                        + $"next begins at {next}.", name);
                }
            }
        }
    }

    private static void CheckColumns(InputEncoding encoding, ReadOnlySpan<int> slots, string name)
    {
        if (encoding.Inputs != slots.Length)
        {
            throw new ArgumentException($"Must have an input for each of {slots.Length} selected slots, but has {encoding.Inputs}.", name);
        }

        if (encoding.FirstColumn(0) != 0 || encoding.FirstColumn(slots.Length) != encoding.Columns)
        {
            throw new ArgumentException($"The inputs must have all {encoding.Columns} columns between them.", name);
        }

        if (encoding.Lows.Length != encoding.Columns || encoding.Highs.Length != encoding.Columns)
        {
            string counts = $"{encoding.Lows.Length} lows and {encoding.Highs.Length} highs";
            throw new ArgumentException($"Must have {encoding.Columns} bounds, one a column, but has {counts}.", name);
        }

        for (int input = 0; input < slots.Length; input++)
        {
            int count = encoding.ColumnCount(input);
            if (count < 1)
            {
                throw new ArgumentException($"Slot {slots[input]} must have at least 1 column, but has {count}.", name);
            }
        }
    }

    private static void CheckScales(ReadOnlySpan<float> scales, int slot, string name)
    {
        foreach (float scale in scales)
        {
            if (scale <= 0)
            {
                throw new ArgumentException($"Must be positive, but is {scale} for slot {slot}. A constant slot cannot be selected.", name);
            }
        }
    }

    // NaN is for bounds that differ.
    private static void CheckBound(float bound, string name)
    {
        if (bound <= 0)
        {
            throw new ArgumentOutOfRangeException(name, bound, "Must be positive.");
        }
    }

    private static void CheckBounds(float low, float high, int slot, string name)
    {
        if (!(low < high))
        {
            throw new ArgumentException($"A column's low must be below its high, but they are {low} and {high} for slot {slot}.", name);
        }
    }
}
