namespace MLNet.DGating.Torch.Objective.Tasks;

/// <summary>Computes a metric of the quality of a model. Higher values are better.</summary>
internal abstract class Metric
{
    /// <summary>The name of the metric: "accuracy" or "R²".</summary>
    public abstract string Name { get; }

    /// <summary>Computes the metric over some rows; NaN where there are none.</summary>
    /// <param name="scores">The scores [rows, outputs].</param>
    /// <param name="targets">The targets [rows, target width].</param>
    /// <param name="weights">The weights [rows]; empty where all are 1.</param>
    public abstract double Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights);

    /// <summary>Computes the standard error of <see cref="Of"/> over the same rows.</summary>
    public abstract double StandardError(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights);
}
