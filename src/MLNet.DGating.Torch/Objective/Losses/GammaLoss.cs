using MLNet.DGating.Torch.Interop;

namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>Computes half the Gamma deviance of a target t from the mean e^s: t e^−s + s − ln t − 1 = e^−d − 1 + d, d = s − ln t.</summary>
/// <remarks>It depends on the ratio t / e^s alone: an error of ten percent counts the same at every size.</remarks>
internal sealed class GammaLoss(PositiveRange range, double nullModelLoss, double unit)
    : LogarithmicMeanLoss(range, nullModelLoss, unit)
{
    // Rows that fill up a batch have the target 0 and the weight 0: their loss must be finite.
    private const float Smallest = 1e-30f;

    public GammaLoss()
        : this(PositiveRange.Default, 0.5, 1)
    {
    }

    protected override (double Loss, double Slope) Deviance(double logarithm, double target)
    {
        double d = logarithm - Math.Log(Math.Max(target, Smallest)), ratio = Math.Exp(-d);
        return (ratio - 1 + d, 1 - ratio);
    }

    protected override (Tensor Losses, Tensor Slopes) Deviance(Tensor logarithms, Tensor targets)
    {
        Tensor d = logarithms.sub(targets.clamp_min(LiveScalar.Of(Smallest)).log_());
        Tensor slopes = d.neg().expm1_().neg_();
        return (d.sub(slopes), slopes);
    }

    protected override double BoundedDeviance(double mean, double target)
    {
        double ratio = Range.Clip(target) / Range.Clip(mean);
        return ratio - Math.Log(ratio) - 1;
    }

    protected override LogarithmicMeanLoss With(PositiveRange ofTargets, double ofNullModel, double ofScores) =>
        new GammaLoss(ofTargets, ofNullModel, ofScores);
}
