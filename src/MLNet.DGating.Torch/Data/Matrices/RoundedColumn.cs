namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Describes a column whose values lie so close together, for their size, that single precision may have rounded them.</summary>
/// <param name="Column">The column.</param>
/// <param name="Largest">The largest magnitude of its values.</param>
/// <param name="Spacing">The distance of neighbouring numbers of single precision at that magnitude.</param>
/// <param name="Values">The number of different values that are left.</param>
internal sealed record RoundedColumn(int Column, float Largest, float Spacing, int Values)
{
    // Single precision has 24 bits. Whole numbers of so many are exact.
    private const float LargestExact = 1 << 24;

    // A column of fewer steps of single precision has lost more than what noise of 1 % would hide.
    private const int FewSteps = 100;

    /// <summary>Finds such columns among those with these ranges.</summary>
    /// <param name="features">The raw features.</param>
    /// <param name="rows">The numbers of the rows that were measured.</param>
    /// <param name="ranges">The range of each column.</param>
    public static IReadOnlyList<RoundedColumn> In(FeatureMatrix features, int[] rows, ColumnRanges ranges)
    {
        int[] suspects = [.. Enumerable.Range(0, ranges.Columns).Where(column => IsNarrow(ranges, column))];
        if (suspects.Length == 0)
        {
            return [];
        }

        rows = features.Sample(rows);
        features = features.Fetch(rows, suspects);
        HashSet<float>[] values = Array.ConvertAll(suspects, _ => new HashSet<float>());
        float[] raw = new float[suspects.Length];
        foreach (int row in rows)
        {
            features.Read(row, suspects, raw);
            for (int i = 0; i < raw.Length; i++)
            {
                if (!float.IsNaN(raw[i]))
                {
                    values[i].Add(raw[i]);
                }
            }
        }

        return
        [
            .. suspects.Zip(values)
                .Where(pair => LargestOf(ranges, pair.First) >= LargestExact || !pair.Second.All(float.IsInteger))
                .Select(pair => Of(ranges, pair.First, pair.Second.Count)),
        ];
    }

    private static RoundedColumn Of(ColumnRanges ranges, int column, int values)
    {
        float largest = LargestOf(ranges, column);
        return new RoundedColumn(column, largest, SpacingAt(largest), values);
    }

    // A constant is one if it is exact; where it may not be, several numbers may have become one.
    private static bool IsNarrow(ColumnRanges ranges, int column)
    {
        float largest = LargestOf(ranges, column);
        (float minimum, float maximum) = ranges[column];
        return float.IsFinite(largest)
            && (ranges.IsConstant(column)
                ? largest >= LargestExact
                : (double)maximum - minimum < FewSteps * (double)SpacingAt(largest));
    }

    private static float LargestOf(ColumnRanges ranges, int column) =>
        Math.Max(Math.Abs(ranges[column].Minimum), Math.Abs(ranges[column].Maximum));

    private static float SpacingAt(float magnitude) => magnitude - MathF.BitDecrement(magnitude);
}
