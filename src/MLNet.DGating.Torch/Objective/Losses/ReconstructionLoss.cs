using MLNet.DGating.Torch.Interop;

namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>Computes the reconstruction loss ½ ‖score − target / √m‖² over m slots.</summary>
/// <remarks>
/// It is the squared loss of one slot on average, ½ mean over slots of (√m score − target)², so that λ means the same as for one label. The
/// scores are the rebuilt slots divided by √m: otherwise the weights above the hidden layer would learn m times as slowly as for a single
/// label (docs/theory.md §12).
/// </remarks>
/// <param name="slots">The number of slots m, at least 1.</param>
internal sealed class ReconstructionLoss(int slots) : RowSeparableLoss
{
    public override int Outputs => slots;

    public override int TargetWidth => slots;

    public override double NullModelLoss => 0.5;

    public override double ReportedFactor => 2;

    public override float ScoreUnit { get; } = 1 / MathF.Sqrt(slots);

    /// <summary>The row's mean squared error: over all rows, the share of the slots' variance that is not rebuilt.</summary>
    /// <remarks>Slots are bounded already.</remarks>
    protected override double BoundedRow(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, double loss) => 2 * loss;

    public override double BoundedLossResolution(int rows) => 0;

    // Every kept slot rebuilds at least itself, so more slots are always better, and a tolerance must be given.
    public override double BoundedLossTolerance => DGatingDefaults.ReconstructionTolerance;

    public override double Row(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, Span<float> gradient)
    {
        TensorPrimitives.MultiplyAdd(target, -ScoreUnit, scores, gradient);
        return 0.5 * TensorPrimitives.SumOfSquares<float>(gradient);
    }

    public override (Tensor Losses, Tensor Gradient) Gradient(Tensor scores, Tensor targets)
    {
        Tensor residuals = scores.add(targets, LiveScalar.Of(-ScoreUnit));
        return (residuals.mul(residuals).sum(-1).mul_(LiveScalar.Of(0.5)), residuals);
    }

    // The targets are standardized, so their mean is 0.
    public override float[] NullModelScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) => new float[slots];
}
