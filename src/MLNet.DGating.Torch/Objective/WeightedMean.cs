namespace MLNet.DGating.Torch.Objective;

/// <summary>Computes weighted means, accumulated in float64.</summary>
internal static class WeightedMean
{
    /// <summary>Computes the mean of values.</summary>
    /// <param name="values">The values, at least one.</param>
    /// <param name="weights">The weight of each value; empty where all are 1.</param>
    public static float Of(ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        double sum = 0, total = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            sum += weight * values[i];
            total += weight;
        }

        return (float)(sum / total);
    }
}
