using MLNet.DGating.Torch.Interop;

namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>½ (score − target)².</summary>
internal sealed class SquaredLoss : LabelLoss
{
    public override int Outputs => 1;

    public override double NullModelLoss => 0.5;

    public override double Row(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, Span<float> gradient)
    {
        float residual = scores[0] - target[0];
        gradient[0] = residual;
        return 0.5 * residual * residual;
    }

    public override (Tensor Losses, Tensor Gradient) Rows(Tensor scores, Tensor targets)
    {
        Tensor residuals = scores.sub(targets);
        return (residuals.mul(residuals).mul_(LiveScalar.Of(0.5)).squeeze(-1), residuals);
    }

    public override double BoundedLossResolution(int rows) => 0;

    public override double Metric(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        double mean = WeightedMean.Of(targets, weights), residual = 0, spread = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            residual += weight * (scores[row] - targets[row]) * (scores[row] - targets[row]);
            spread += weight * (targets[row] - mean) * (targets[row] - mean);
        }

        return 1 - residual / spread;
    }

    // R² = 1 − Σ w r² / Σ w d² is a ratio of means: its error is that of the mean of r² − (1 − R²) d², over the mean of d² (delta method).
    public override double MetricError(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        double unexplained = 1 - Metric(scores, targets, weights), mean = WeightedMean.Of(targets, weights), spread = 0, squares = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            double residual = scores[row] - targets[row], deviation = targets[row] - mean;
            double influence = weight * (residual * residual - unexplained * deviation * deviation);
            spread += weight * deviation * deviation;
            squares += influence * influence;
        }

        return Math.Sqrt(squares) / spread;
    }

    protected override float[] BaselineScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) => [WeightedMean.Of(targets, weights)];
}
