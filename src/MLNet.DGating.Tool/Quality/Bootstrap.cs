namespace MLNet.DGating.Tool.Quality;

/// <summary>The bootstrap: metrics of rows that are drawn again from the rows, with replacement (Efron and Tibshirani 1993, §13).</summary>
/// <remarks>
/// Rows that belong together are drawn together. The intervals say how much the metrics owe to which rows were tested on.
/// </remarks>
internal static class Bootstrap
{
    private const int MostSamples = 1000, FewestSamples = 200;
    private const long MostRowVisits = 20_000_000;

    // Where fewer samples define a metric, as with one row of a class, its interval would be that of the lucky ones.
    private const double SmallestShare = 0.9;

    private const double Tail = 0.025;

    /// <summary>Returns the 95 % percentile interval of each metric; null where samples do not define it.</summary>
    /// <param name="metrics">The metrics.</param>
    /// <param name="weights">The weights of the rows.</param>
    /// <param name="blocks">What each row has in common with others; null where it stands alone.</param>
    /// <param name="passes">How often the metrics pass through the rows: of many visits there are fewer samples.</param>
    /// <param name="seed">The seed of the draws.</param>
    public static (double Low, double High)?[] Intervals(MetricSet metrics, double[] weights, long?[] blocks, int passes, int seed)
    {
        int[] blockOfRow = Numbered(blocks, out int count);
        if (count < 2)
        {
            return new (double, double)?[metrics.Compute(weights).Length];
        }

        int samples = (int)Math.Clamp(MostRowVisits / ((long)weights.Length * passes), FewestSamples, MostSamples);
        var random = new Random(seed);
        int[] drawn = new int[count];
        double[] drawnWeights = new double[weights.Length];
        double[][] values = new double[samples][];
        for (int sample = 0; sample < samples; sample++)
        {
            Array.Clear(drawn);
            for (int i = 0; i < count; i++)
            {
                drawn[random.Next(count)]++;
            }

            for (int row = 0; row < weights.Length; row++)
            {
                drawnWeights[row] = weights[row] * drawn[blockOfRow[row]];
            }

            values[sample] = metrics.Compute(drawnWeights);
        }

        return [.. Enumerable.Range(0, values[0].Length).Select(metric => Interval([.. values.Select(sample => sample[metric])]))];
    }

    private static (double Low, double High)? Interval(double[] values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        return sorted.Length < SmallestShare * values.Length ? null : (At(sorted, Tail), At(sorted, 1 - Tail));
    }

    private static double At(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        double part = place - below;
        return part == 0 ? sorted[below] : ((1 - part) * sorted[below]) + (part * sorted[below + 1]);
    }

    private static int[] Numbered(long?[] blocks, out int count)
    {
        var numbers = new Dictionary<long, int>();
        int[] numbered = new int[blocks.Length];
        int next = 0;
        for (int row = 0; row < blocks.Length; row++)
        {
            if (blocks[row] is not { } block)
            {
                numbered[row] = next++;
            }
            else if (!numbers.TryGetValue(block, out numbered[row]))
            {
                numbers[block] = numbered[row] = next++;
            }
        }

        count = next;
        return numbered;
    }
}
