namespace MLNet.DGating.Torch.Objective.Tasks;

/// <summary>The figure that users know a model's quality by, higher being better.</summary>
internal abstract class Metric
{
    /// <summary>Its name: "accuracy" or "R²".</summary>
    public abstract string Name { get; }

    /// <summary>Its value over some rows; NaN where there are none.</summary>
    /// <param name="scores">[rows, outputs].</param>
    /// <param name="targets">[rows, target width].</param>
    /// <param name="weights">[rows]; empty where all are 1.</param>
    public abstract double Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights);

    /// <summary>The standard error of <see cref="Of"/> over the same rows.</summary>
    public abstract double StandardError(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights);
}
