using MLNet.DGating.Torch.Interop;

namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>Computes the squared loss ½ (score − target)².</summary>
internal sealed class SquaredLoss : RowSeparableLoss
{
    public override int Outputs => 1;

    public override double NullModelLoss => 0.5;

    public override double ReportedFactor => 2;

    public override int UnitPower => 2;

    public override double BoundedLossResolution(int rows) => 0;

    public override double Row(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, Span<float> gradient)
    {
        float residual = scores[0] - target[0];
        gradient[0] = residual;
        return 0.5 * residual * residual;
    }

    public override (Tensor Losses, Tensor Gradient) Gradient(Tensor scores, Tensor targets)
    {
        Tensor residuals = scores.sub(targets);
        return (residuals.mul(residuals).mul_(LiveScalar.Of(0.5)).squeeze(-1), residuals);
    }

    public override float[] NullModelScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) =>
        [WeightedMean.Of(targets, weights)];
}
