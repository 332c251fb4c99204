using MLNet.DGating.Torch.Interop;

namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>Computes half the Gamma deviance of a target t, t e^−s + s − ln t − 1; the score s is the logarithm of the mean.</summary>
/// <remarks>It depends on the ratio t / e^s alone: an error of ten percent counts the same at every size (docs/theory.md §21).</remarks>
/// <param name="range">The range in which candidates are compared.</param>
/// <param name="nullModelLoss">The mean loss of the best constant on the training rows.</param>
internal sealed class GammaLoss(PositiveRange range, double nullModelLoss) : RowSeparableLoss
{
    // Rows that fill up a batch have the target 0 and the weight 0: their loss must be finite.
    private const float Smallest = 1e-30f;

    public GammaLoss()
        : this(PositiveRange.Default, 0.5)
    {
    }

    public override int Outputs => 1;

    public override double NullModelLoss => nullModelLoss;

    public override double ReportedFactor => 2;

    public override double StepFactor => DGatingDefaults.StepFactorOfLogarithmicMean;

    public override double BoundedLossResolution(int rows) => 0;

    public override Loss FittedTo(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, double unit) =>
        new GammaLoss(PositiveRange.Of(targets, weights), MeanOfNullModel(targets, weights));

    public override double Row(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, Span<float> gradient)
    {
        float ratio = target[0] * MathF.Exp(-scores[0]);
        gradient[0] = 1 - ratio;
        return ratio + scores[0] - MathF.Log(MathF.Max(target[0], Smallest)) - 1;
    }

    protected override double BoundedRow(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, double loss)
    {
        double ratio = range.Clip(target[0]) / range.Clip(Math.Exp(scores[0]));
        return Math.Max(0, ratio - Math.Log(ratio) - 1);
    }

    public override (Tensor Losses, Tensor Gradient) Gradient(Tensor scores, Tensor targets)
    {
        Tensor ratios = scores.neg().exp_().mul_(targets);
        Tensor slopes = ratios.neg().add_(LiveScalar.Of(1), LiveScalar.Of(1));
        Tensor losses = scores.sub(slopes).sub_(targets.clamp_min(LiveScalar.Of(Smallest)).log_());
        return (losses.squeeze(-1), slopes);
    }

    public override float[] NullModelScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) =>
        [MathF.Log(WeightedMean.Of(targets, weights))];
}
