using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Interop;

namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>
/// ½ mean over slots of (√m score − target)², m slots: the squared loss of one slot on average, so that λ means what it does for a
/// single label. It is written as ½ ‖score − target / √m‖²: the scores are the rebuilt slots in units of √m, without which the
/// weights above the hidden layer would learn m times as slowly as for a single label.
/// </summary>
internal sealed class ReconstructionLoss(int slots) : Loss
{
    public override int Outputs => slots;

    public override int TargetWidth => slots;

    public override double NullModelLoss => 0.5;

    public override float ScoreUnit { get; } = 1 / MathF.Sqrt(slots);

    public override double Row(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, Span<float> gradient)
    {
        TensorPrimitives.MultiplyAdd(target, -ScoreUnit, scores, gradient);
        return 0.5 * TensorPrimitives.SumOfSquares<float>(gradient);
    }

    public override (Tensor Losses, Tensor Gradient) Rows(Tensor scores, Tensor targets)
    {
        Tensor residuals = scores.add(targets, LiveScalar.Of(-ScoreUnit));
        return (residuals.mul(residuals).sum(-1).mul_(LiveScalar.Of(0.5)), residuals);
    }

    /// <summary>The row's mean squared error; over all rows, the share of the slots' variance that is not rebuilt. What no model fits is bounded already: slots are.</summary>
    public override double BoundedLoss(double loss) => 2 * loss;

    public override double BoundedLossResolution(int rows) => 0;

    // Every slot that is kept rebuilds itself at least, so more slots are always better: what is still good enough has to be said.
    public override double BoundedLossTolerance => DGatingDefaults.ReconstructionTolerance;

    /// <summary>The share of the slots' variance that is rebuilt, all slots together.</summary>
    public override double Metric(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        (double[] residuals, double[] spreads) = Squares(scores, targets, weights);
        return 1 - residuals.Sum() / spreads.Sum();
    }

    // A ratio of sums over rows, as SquaredLoss has it (delta method).
    public override double MetricError(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        (double[] residuals, double[] spreads) = Squares(scores, targets, weights);
        double spread = spreads.Sum(), unexplained = residuals.Sum() / spread;
        return Math.Sqrt(residuals.Zip(spreads, (residual, own) => (residual - unexplained * own) * (residual - unexplained * own)).Sum()) / spread;
    }

    // Targets are standardized: their mean is 0.
    public override float[] BaselineScores(TrainingSet data, int[] rows) => new float[slots];

    // Of each row, what is not rebuilt of its slots and how far they are from their means, squared and weighted.
    private (double[] Residuals, double[] Spreads) Squares(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        int rows = targets.Length / slots;
        var means = new double[slots];
        double total = 0;
        for (int row = 0; row < rows; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            total += weight;
            for (int slot = 0; slot < slots; slot++)
            {
                means[slot] += weight * targets[row * slots + slot];
            }
        }

        TensorPrimitives.Divide(means, total, means);
        double[] residuals = new double[rows], spreads = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            for (int i = row * slots; i < (row + 1) * slots; i++)
            {
                double error = scores[i] / ScoreUnit - targets[i], deviation = targets[i] - means[i - row * slots];
                residuals[row] += weight * error * error;
                spreads[row] += weight * deviation * deviation;
            }
        }

        return (residuals, spreads);
    }
}
