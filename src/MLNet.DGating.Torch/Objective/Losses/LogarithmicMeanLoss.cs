using MLNet.DGating.Torch.Interop;

namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>Computes half the deviance of a target from a mean whose logarithm is the score, in a unit (docs/theory.md §21).</summary>
/// <remarks>
/// Targets are labels divided by their mean. Where these differ little, a score of 1 is a small part of the mean, and the loss is divided
/// by the square of that unit: a network learns numbers of 1000 ± 20 as it learns those of 0 ± 1.
/// </remarks>
/// <param name="range">The range in which candidates are compared.</param>
/// <param name="nullModelLoss">The mean loss of the best constant on the training rows.</param>
/// <param name="unit">The logarithm of the mean that a score of 1 stands for, above 0 and at most 1.</param>
internal abstract class LogarithmicMeanLoss(PositiveRange range, double nullModelLoss, double unit) : RowSeparableLoss
{
    /// <summary>The unit, in deviations of the targets.</summary>
    /// <remarks>With 2 the best constant has a loss of ⅛, a quarter of that of a standardized number.</remarks>
    private const double Deviations = 2;

    /// <summary>The least unit. Labels in single precision that differ by less of their mean say nothing.</summary>
    private const double LeastUnit = 1e-5;

    // The bound keeps the score finite where all rows are 0.
    private const float SmallestMean = 1e-6f;

    public sealed override int Outputs => 1;

    /// <summary>The logarithm of the mean that a score of 1 stands for.</summary>
    public double Unit => unit;

    public sealed override double NullModelLoss => nullModelLoss;

    public sealed override double ReportedFactor => 2 * unit * unit;

    public sealed override double StepFactor => DGatingDefaults.StepFactorOfLogarithmicMean;

    public sealed override double BoundedLossResolution(int rows) => 0;

    protected PositiveRange Range => range;

    public sealed override Loss FittedTo(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, double unitOfTargets)
    {
        var fitted = PositiveRange.Of(targets, weights);
        double deviance = With(fitted, nullModelLoss, 1).MeanOfNullModel(targets, weights);
        double ofScores = Math.Clamp(Deviations * Math.Sqrt(2 * deviance), LeastUnit, 1);
        return With(fitted, deviance / (ofScores * ofScores), ofScores);
    }

    public sealed override double Row(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, Span<float> gradient)
    {
        (double loss, double slope) = Deviance(unit * scores[0], target[0]);
        gradient[0] = (float)(slope / unit);
        return loss / (unit * unit);
    }

    public sealed override (Tensor Losses, Tensor Gradient) Gradient(Tensor scores, Tensor targets)
    {
        (Tensor losses, Tensor slopes) = Deviance(scores.mul(LiveScalar.Of(unit)), targets);
        return (losses.div_(LiveScalar.Of(unit * unit)).squeeze(-1), slopes.div_(LiveScalar.Of(unit)));
    }

    public sealed override float[] NullModelScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) =>
        [(float)(Math.Log(Math.Max(WeightedMean.Of(targets, weights), SmallestMean)) / unit)];

    protected sealed override double BoundedRow(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, double loss) =>
        Math.Max(0, BoundedDeviance(Math.Exp(unit * scores[0]), target[0])) / (unit * unit);

    /// <summary>Computes half the deviance and its slope by the logarithm of the mean.</summary>
    protected abstract (double Loss, double Slope) Deviance(double logarithm, double target);

    /// <summary>Does the same for a batch, with new tensors [networks, rows, 1].</summary>
    protected abstract (Tensor Losses, Tensor Slopes) Deviance(Tensor logarithms, Tensor targets);

    /// <summary>Computes half the deviance of a target within the range.</summary>
    protected abstract double BoundedDeviance(double mean, double target);

    /// <summary>Creates the same loss with what is known of the targets.</summary>
    protected abstract LogarithmicMeanLoss With(PositiveRange ofTargets, double ofNullModel, double ofScores);
}
