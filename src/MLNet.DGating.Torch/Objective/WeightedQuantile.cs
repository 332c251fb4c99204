namespace MLNet.DGating.Torch.Objective;

/// <summary>Computes weighted quantiles.</summary>
internal static class WeightedQuantile
{
    /// <summary>Gives the smallest of the values up to which at least a share of the weight lies.</summary>
    /// <param name="values">The values, at least one.</param>
    /// <param name="weights">The weight of each value; empty where all are 1.</param>
    /// <param name="level">The share, between 0 and 1.</param>
    public static float Of(ReadOnlySpan<float> values, ReadOnlySpan<float> weights, double level)
    {
        float[] sorted = values.ToArray();
        double[] weightOf = new double[sorted.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            weightOf[i] = weights.IsEmpty ? 1 : weights[i];
        }

        Array.Sort(sorted, weightOf);
        double wanted = level * weightOf.Sum(), passed = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            passed += weightOf[i];
            if (passed >= wanted)
            {
                return sorted[i];
            }
        }

        return sorted[^1];
    }
}
