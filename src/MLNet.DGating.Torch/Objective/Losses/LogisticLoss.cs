using MLNet.DGating.Torch.Interop;

namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>Computes the logistic loss log(1 + e^score) − target · score, where the score is the logit of target = 1.</summary>
internal sealed class LogisticLoss : RowSeparableLoss
{
    // The bound keeps the score finite where all rows are of one class.
    private const float SmallestShare = 1e-6f;

    public override int Outputs => 1;

    public override double NullModelLoss => Math.Log(2);

    public override double Row(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, Span<float> gradient)
    {
        float score = scores[0];
        // e^−|s| never overflows, and both the sigmoid and the softplus follow from it.
        float tail = MathF.Exp(-MathF.Abs(score));
        float sigmoid = score >= 0 ? 1 / (1 + tail) : tail / (1 + tail);
        gradient[0] = sigmoid - target[0];
        return MathF.Max(score, 0) + float.LogP1(tail) - target[0] * score;
    }

    // (p − y)², the Brier score: p of the true class is e^−loss.
    protected override double BoundedRow(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, double loss) =>
        Math.Pow(1 - Math.Exp(-loss), 2);

    public override (Tensor Losses, Tensor Gradient) Gradient(Tensor scores, Tensor targets)
    {
        Tensor losses = scores.abs().neg_().exp_().log1p_().add_(scores.relu(), LiveScalar.Of(1)).sub_(targets.mul(scores));
        return (losses.squeeze(-1), scores.sigmoid().sub_(targets));
    }

    public override float[] NullModelScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        float positive = Math.Clamp(WeightedMean.Of(targets, weights), SmallestShare, 1 - SmallestShare);
        return [MathF.Log(positive / (1 - positive))];
    }
}
