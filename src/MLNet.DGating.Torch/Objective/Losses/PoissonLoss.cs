using MLNet.DGating.Torch.Interop;

namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>Computes half the Poisson deviance of a target t from the mean e^s: e^s − t s + t ln t − t.</summary>
/// <remarks>It is t (e^d − 1 − d) with d = s − ln t, in which nothing cancels where t is near the mean.</remarks>
internal sealed class PoissonLoss(PositiveRange range, double nullModelLoss, double unit)
    : LogarithmicMeanLoss(range, nullModelLoss, unit)
{
    // d is finite for a target of 0 too, and t e^d is e^s.
    private const float Smallest = 1e-30f;

    public PoissonLoss()
        : this(PositiveRange.Default, 0.5, 1)
    {
    }

    public override int UnitPower => 1;

    protected override (double Loss, double Slope) Deviance(double logarithm, double target)
    {
        double mean = Math.Exp(logarithm), above = Math.Max(target, Smallest), d = logarithm - Math.Log(above);
        return (above * (Math.Exp(d) - 1 - d), mean - target);
    }

    protected override (Tensor Losses, Tensor Slopes) Deviance(Tensor logarithms, Tensor targets)
    {
        Tensor above = targets.clamp_min(LiveScalar.Of(Smallest)), d = logarithms.sub(above.log());
        return (d.expm1().sub_(d).mul_(above), logarithms.exp().sub_(targets));
    }

    protected override double BoundedDeviance(double mean, double target)
    {
        double label = Math.Min(target, Range.High), clipped = Range.Clip(mean);
        return clipped - label + (label > 0 ? label * Math.Log(label / clipped) : 0);
    }

    protected override LogarithmicMeanLoss With(PositiveRange ofTargets, double ofNullModel, double ofScores) =>
        new PoissonLoss(ofTargets, ofNullModel, ofScores);
}
