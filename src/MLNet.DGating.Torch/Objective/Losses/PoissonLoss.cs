using MLNet.DGating.Torch.Interop;

namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>Computes half the Poisson deviance of a target t, e^s − t s + t ln t − t; the score s is the logarithm of the mean.</summary>
/// <remarks>Targets are labels divided by their mean, so that the loss does not depend on the label's unit (docs/theory.md §21).</remarks>
/// <param name="range">The range in which candidates are compared.</param>
/// <param name="nullModelLoss">The mean loss of the best constant on the training rows.</param>
internal sealed class PoissonLoss(PositiveRange range, double nullModelLoss) : RowSeparableLoss
{
    // The bound keeps the score finite where all rows are 0.
    private const float SmallestMean = 1e-6f;

    public PoissonLoss()
        : this(PositiveRange.Default, 0.5)
    {
    }

    public override int Outputs => 1;

    public override double NullModelLoss => nullModelLoss;

    public override double ReportedFactor => 2;

    public override int UnitPower => 1;

    public override double StepFactor => DGatingDefaults.StepFactorOfLogarithmicMean;

    public override double BoundedLossResolution(int rows) => 0;

    public override Loss FittedTo(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, double unit) =>
        new PoissonLoss(PositiveRange.Of(targets, weights), MeanOfNullModel(targets, weights));

    public override double Row(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, Span<float> gradient)
    {
        float mean = MathF.Exp(scores[0]), label = target[0];
        gradient[0] = mean - label;
        return mean - label * scores[0] + (label > 0 ? label * MathF.Log(label) - label : 0);
    }

    protected override double BoundedRow(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, double loss)
    {
        double label = Math.Min(target[0], range.High), mean = range.Clip(Math.Exp(scores[0]));
        return Math.Max(0, mean - label + (label > 0 ? label * Math.Log(label / mean) : 0));
    }

    public override (Tensor Losses, Tensor Gradient) Gradient(Tensor scores, Tensor targets)
    {
        Tensor means = scores.exp(), ofTargets = targets.xlogy(targets).sub_(targets);
        return (means.sub(targets.mul(scores)).add_(ofTargets, LiveScalar.Of(1)).squeeze(-1), means.sub(targets));
    }

    public override float[] NullModelScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) =>
        [MathF.Log(MathF.Max(WeightedMean.Of(targets, weights), SmallestMean))];
}
