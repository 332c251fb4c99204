namespace MLNet.DGating.Torch.Objective.Tasks;

/// <summary>Transforms labels to targets, (label − mean) / deviation, so that λ does not depend on the label's unit.</summary>
/// <param name="Mean">The number that is subtracted from a label.</param>
/// <param name="Deviation">The number that the difference is divided by, above 0.</param>
internal sealed record TargetTransform(double Mean, double Deviation)
{
    /// <summary>The transform that leaves labels unchanged.</summary>
    public static TargetTransform Identity { get; } = new(0, 1);

    /// <summary>Creates the transform by the weighted mean and (population) deviation of some labels, accumulated in float64.</summary>
    /// <param name="labels">The labels [rows].</param>
    /// <param name="weights">The weights [rows]; empty where all are 1.</param>
    public static TargetTransform Standardize(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        double total = 0, sum = 0, squares = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            total += weight;
            sum += weight * labels[row];
        }

        double mean = sum / total;
        for (int row = 0; row < labels.Length; row++)
        {
            squares += (weights.IsEmpty ? 1 : weights[row]) * (labels[row] - mean) * (labels[row] - mean);
        }

        return new TargetTransform(mean, Math.Sqrt(squares / total));
    }

    /// <summary>Gives the target of a label.</summary>
    public float Apply(float label) => (float)((label - Mean) / Deviation);
}
