namespace MLNet.DGating.Torch.Evaluation;

/// <summary>Holds the weighted mean of values of rows, and its standard error (docs/theory.md §13).</summary>
internal readonly record struct RowMean(double Mean, double Error)
{
    /// <summary>The number of independent rows of equal weight that say as much as these: (Σw)² / Σw².</summary>
    public double Count { get; init; }

    /// <summary>Computes the mean and its error.</summary>
    /// <param name="values">The value of each row.</param>
    /// <param name="weights">The weight of each row; empty where all are 1.</param>
    /// <param name="blocks">
    /// The block of each row, 0, 1, …: rows of one block are not independent, and count as one. Null where all rows are independent.
    /// </param>
    public static RowMean Of(ReadOnlySpan<double> values, ReadOnlySpan<float> weights, int[]? blocks = null)
    {
        // A block is represented by the mean of its rows, with their weight. Without blocks every row is a block of its own.
        int count = blocks is null ? values.Length : blocks.Max() + 1;
        double[] sums = new double[count];
        double[] totals = new double[count];
        for (int i = 0; i < values.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            int block = blocks is null ? i : blocks[i];
            sums[block] += weight * values[i];
            totals[block] += weight;
        }

        double total = totals.Sum(), mean = sums.Sum() / total;
        double squares = 0, squaredWeights = 0;
        for (int block = 0; block < count; block++)
        {
            if (totals[block] > 0)
            {
                double deviation = sums[block] / totals[block] - mean;
                squares += totals[block] * deviation * deviation;
                squaredWeights += totals[block] * totals[block];
            }
        }

        // The variance of a weighted mean: the blocks count as (Σw)² / Σw² blocks of equal weight.
        return new RowMean(mean, Math.Sqrt(squares / total * squaredWeights) / total) { Count = total * total / squaredWeights };
    }

    /// <summary>Computes the mean of the differences of two values of each row.</summary>
    public static RowMean OfDifferences(
        ReadOnlySpan<double> values, ReadOnlySpan<double> subtracted, ReadOnlySpan<float> weights, int[]? blocks = null)
    {
        double[] differences = new double[values.Length];
        TensorPrimitives.Subtract(values, subtracted, differences);
        return Of(differences, weights, blocks);
    }
}
