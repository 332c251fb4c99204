using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.Objective.Tasks;

/// <summary>Computes D²: the share of the loss of the best constant that is explained, as R² is for the squared loss.</summary>
/// <param name="loss">The loss, with one target for a row.</param>
internal sealed class ExplainedLoss(Loss loss) : Metric
{
    public override string Name => "D²";

    public override double Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        (double[] losses, double[] ofConstant) = Losses(scores, targets, weights);
        return 1 - Sum(losses, weights) / Sum(ofConstant, weights);
    }

    // D² = 1 − Σ w l / Σ w l0 is a ratio of means, so its error follows by the delta method from the influence of each row.
    public override double StandardError(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        (double[] losses, double[] ofConstant) = Losses(scores, targets, weights);
        double total = Sum(ofConstant, weights), unexplained = Sum(losses, weights) / total, squares = 0;
        for (int row = 0; row < losses.Length; row++)
        {
            double influence = (weights.IsEmpty ? 1 : weights[row]) * (losses[row] - unexplained * ofConstant[row]);
            squares += influence * influence;
        }

        return Math.Sqrt(squares) / total;
    }

    private static double Sum(double[] values, ReadOnlySpan<float> weights)
    {
        double sum = 0;
        for (int row = 0; row < values.Length; row++)
        {
            sum += (weights.IsEmpty ? 1 : weights[row]) * values[row];
        }

        return sum;
    }

    private (double[] OfScores, double[] OfConstant) Losses(
        ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        double[] losses = new double[targets.Length], ofConstant = new double[targets.Length];
        if (targets.Length > 0)
        {
            float[] constant = loss.NullModelScores(targets, weights);
            float[] repeated = new float[scores.Length];
            for (int i = 0; i < repeated.Length; i++)
            {
                repeated[i] = constant[i % constant.Length];
            }

            loss.Evaluate(scores, targets, losses);
            loss.Evaluate(repeated, targets, ofConstant);
        }

        return (losses, ofConstant);
    }
}
