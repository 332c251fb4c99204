namespace MLNet.DGating.Torch.Objective.Tasks;

/// <summary>Transforms labels to targets, (label − mean) / deviation, so that λ does not depend on the label's unit.</summary>
/// <remarks>With <see cref="LogOffset"/> c it is the logarithm ln(label + c) that is shifted and scaled (docs/theory.md §22).</remarks>
/// <param name="Mean">The number that is subtracted from a label.</param>
/// <param name="Deviation">The number that the difference is divided by, above 0.</param>
internal sealed record TargetTransform(double Mean, double Deviation)
{
    /// <summary>The transform that leaves labels unchanged.</summary>
    public static TargetTransform Identity { get; } = new(0, 1);

    /// <summary>c, at least 0, where logarithms ln(label + c) are targets; null where labels themselves are.</summary>
    public double? LogOffset { get; init; }

    /// <summary>Whether logarithms are targets.</summary>
    public bool IsLogarithmic => LogOffset is not null;

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

    /// <summary>Creates the transform by the weighted median of some labels, and their weighted mean distance from it.</summary>
    /// <param name="labels">The labels [rows].</param>
    /// <param name="weights">The weights [rows]; empty where all are 1.</param>
    public static TargetTransform Robust(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        float median = WeightedQuantile.Of(labels, weights, 0.5);
        float[] distances = new float[labels.Length];
        TensorPrimitives.Subtract(labels, median, distances);
        TensorPrimitives.Abs(distances, distances);
        return new TargetTransform(median, WeightedMean.Of(distances, weights));
    }

    /// <summary>Creates the transform that standardizes logarithms of labels.</summary>
    /// <param name="labels">The labels [rows], at least 0 and not all equal.</param>
    /// <param name="weights">The weights [rows]; empty where all are 1.</param>
    /// <param name="given">The number that is added to labels; null to choose it by the labels.</param>
    public static TargetTransform Logarithmic(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double? given = null)
    {
        double offset = given ?? LogarithmOffset.Of(labels, weights);
        float[] logarithms = new float[labels.Length];
        for (int row = 0; row < logarithms.Length; row++)
        {
            logarithms[row] = (float)Math.Log(labels[row] + offset);
        }

        return Standardize(logarithms, weights) with { LogOffset = offset };
    }

    /// <summary>Gives the target of a label.</summary>
    public float Apply(float label) =>
        (float)(((LogOffset is double offset ? Math.Log(label + offset) : label) - Mean) / Deviation);
}
