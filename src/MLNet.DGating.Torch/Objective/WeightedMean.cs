namespace MLNet.DGating.Torch.Objective;

/// <summary>Means with optional weights, accumulated in float64.</summary>
internal static class WeightedMean
{
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
