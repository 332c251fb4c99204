namespace MLNet.DGating.Torch.Data.Encodings;

/// <summary>Holds the distinct values of one input over some rows, ascending, with the rows and targets that belong to each.</summary>
internal sealed class DistinctValues
{
    private readonly double[] _weights;
    private readonly double[] _targets;

    private DistinctValues(float[] values, int[] counts, double[] weights, double[] targets, int targetWidth)
    {
        (Values, Counts, _weights, _targets, TargetWidth) = (values, counts, weights, targets, targetWidth);
    }

    /// <summary>The values, ascending.</summary>
    public float[] Values { get; }

    /// <summary>The number of rows with each value.</summary>
    public int[] Counts { get; }

    /// <summary>The count of numbers of a row's target.</summary>
    public int TargetWidth { get; }

    public int Count => Values.Length;

    /// <summary>Sorts the values of an input. Missing ones are left out.</summary>
    /// <param name="column">The value of each row.</param>
    /// <param name="weights">The weight of each row.</param>
    /// <param name="targets">The targets of the rows [rows, target width].</param>
    /// <param name="targetWidth">The count of numbers of a row's target.</param>
    public static DistinctValues Of(ReadOnlySpan<float> column, ReadOnlySpan<float> weights, ReadOnlySpan<float> targets, int targetWidth)
    {
        int[] order = Sorted(column);
        var values = new List<float>();
        var counts = new List<int>();
        double[] sumOfWeights = new double[order.Length + 1];
        double[] sumOfTargets = new double[(order.Length + 1) * targetWidth];
        foreach (int row in order)
        {
            if (values.Count == 0 || column[row] != values[^1])
            {
                values.Add(column[row]);
                counts.Add(0);
                int at = values.Count;
                sumOfWeights[at] = sumOfWeights[at - 1];
                sumOfTargets.AsSpan((at - 1) * targetWidth, targetWidth).CopyTo(sumOfTargets.AsSpan(at * targetWidth));
            }

            counts[^1]++;
            float weight = weights[row];
            sumOfWeights[values.Count] += weight;
            for (int k = 0; k < targetWidth; k++)
            {
                sumOfTargets[values.Count * targetWidth + k] += weight * targets[row * targetWidth + k];
            }
        }

        return new DistinctValues([.. values], [.. counts], sumOfWeights, sumOfTargets, targetWidth);
    }

    // Gives the rows without a missing value, ascending by their values. Indicators, which most columns are, need no sorting.
    private static int[] Sorted(ReadOnlySpan<float> column)
    {
        float[] sorted = column.ToArray();
        float[] different = sorted.Where(value => !float.IsNaN(value)).Distinct().Take(3).ToArray();
        int[] rows = [.. Enumerable.Range(0, sorted.Length).Where(row => !float.IsNaN(sorted[row]))];
        if (different.Length > 2)
        {
            float[] keys = Array.ConvertAll(rows, row => sorted[row]);
            Array.Sort(keys, rows);
            return rows;
        }

        float least = different.DefaultIfEmpty(0).Min();
        return [.. rows.Where(row => sorted[row] == least), .. rows.Where(row => sorted[row] != least)];
    }

    /// <summary>Gives the weight of the rows with the values from … to − 1.</summary>
    public double WeightOf(int from, int to) => _weights[to] - _weights[from];

    /// <summary>Gives the weighted sum of a target over the rows with the values from … to − 1.</summary>
    public double TargetOf(int from, int to, int target) =>
        _targets[to * TargetWidth + target] - _targets[from * TargetWidth + target];
}
