using MLNet.DGating.Torch.Interop;

namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>Computes Huber's loss: ½ r² of a residual r up to δ, and δ |r| − ½ δ² beyond.</summary>
/// <remarks>Few labels far from the others then have a bounded pull (Huber 1964; docs/theory.md §21).</remarks>
/// <param name="delta">δ, above 0; in the label's unit until the loss is fitted. NaN for a default in targets.</param>
/// <param name="nullModelLoss">The mean loss of the best constant on the training rows.</param>
internal sealed class HuberLoss(double delta, double nullModelLoss = 0.5) : RowSeparableLoss
{
    private const int Bisections = 60;

    private readonly float _delta = (float)delta;

    /// <summary>δ in targets once the loss is fitted.</summary>
    public double Delta => delta;

    public override int Outputs => 1;

    public override double NullModelLoss => nullModelLoss;

    public override int UnitPower => 2;

    public override double BoundedLossResolution(int rows) => 0;

    public override Loss FittedTo(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, double unit)
    {
        double fitted = double.IsNaN(delta) ? DGatingDefaults.HuberDelta : delta / unit;
        return new HuberLoss(fitted, new HuberLoss(fitted).MeanOfNullModel(targets, weights));
    }

    public override double Row(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, Span<float> gradient)
    {
        float residual = scores[0] - target[0];
        float clipped = Math.Clamp(residual, -_delta, _delta);
        gradient[0] = clipped;
        // With c the clipped residual both pieces are c (r − ½ c).
        return clipped * (residual - 0.5f * clipped);
    }

    // The score of Taggart (2022) with the convex function √(1 + z²): consistent for what the loss estimates, and bounded.
    protected override double BoundedRow(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, double loss)
    {
        double score = scores[0], label = target[0], clipped = Math.Clamp(score - label, -delta, delta);
        double value = Squash.Value(label) - Squash.Value(label + clipped) + clipped * Squash.Slope(score);
        return Math.Max(value, 0) / (2 * delta);
    }

    public override (Tensor Losses, Tensor Gradient) Gradient(Tensor scores, Tensor targets)
    {
        Tensor residuals = scores.sub(targets);
        Tensor clipped = residuals.clamp(LiveScalar.Of(-_delta), LiveScalar.Of(_delta));
        return (residuals.sub(clipped.mul(LiveScalar.Of(0.5))).mul_(clipped).squeeze(-1), clipped);
    }

    // The mean gradient rises with the constant, so its zero is found by bisection.
    public override float[] NullModelScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        double low = TensorPrimitives.Min(targets), high = TensorPrimitives.Max(targets);
        for (int i = 0; i < Bisections; i++)
        {
            double middle = (low + high) / 2, slope = 0;
            for (int row = 0; row < targets.Length; row++)
            {
                slope += (weights.IsEmpty ? 1 : weights[row]) * Math.Clamp(middle - targets[row], -delta, delta);
            }

            (low, high) = slope > 0 ? (low, middle) : (middle, high);
        }

        return [(float)((low + high) / 2)];
    }
}
