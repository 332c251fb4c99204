namespace MLNet.DGating.Torch.Objective.Tasks;

/// <summary>Chooses the number c that is added to labels before their logarithm is taken.</summary>
internal static class LogarithmOffset
{
    /// <summary>The share of the median below which a least label asks for an offset.</summary>
    private const double SmallestShare = 1e-3;

    private const double LowerQuartile = 0.25;

    /// <summary>Gives 0 where all labels are well above 0, and else the lower quartile of those above 0.</summary>
    /// <remarks>Labels at or near 0 would otherwise be far from all others on the logarithmic scale.</remarks>
    /// <param name="labels">The labels [rows], at least 0 and not all 0.</param>
    /// <param name="weights">The weights [rows]; empty where all are 1.</param>
    public static double Of(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        var positive = new List<float>();
        var ofPositive = new List<float>();
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] > 0)
            {
                positive.Add(labels[row]);
                ofPositive.Add(weights.IsEmpty ? 1 : weights[row]);
            }
        }

        float[] values = [.. positive], weightOf = [.. ofPositive];
        return TensorPrimitives.Min(labels) >= SmallestShare * WeightedQuantile.Of(values, weightOf, 0.5)
            ? 0
            : WeightedQuantile.Of(values, weightOf, LowerQuartile);
    }
}
