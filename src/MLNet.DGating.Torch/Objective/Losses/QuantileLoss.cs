using MLNet.DGating.Torch.Interop;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>Computes the pinball loss 2 (τ − 1{t ≤ q}) (t − q) of a target t, whose expectation is least for the τ-quantile q.</summary>
/// <remarks>
/// It is the mean over the levels τ, and for τ = ½ the absolute error. With m levels the scores are the quantiles divided by √m, for the
/// reason that <see cref="ReconstructionLoss"/> gives. Its gradient jumps where a quantile is met (docs/theory.md §21).
/// </remarks>
/// <param name="levels">The levels τ, ascending, each above 0 and below 1.</param>
/// <param name="nullModelLoss">The mean loss of constant quantiles on the training rows.</param>
internal sealed class QuantileLoss(IReadOnlyList<double> levels, double nullModelLoss = 1) : RowSeparableLoss
{
    private readonly float[] _above = [.. levels.Select(level => (float)(2 * (1 - level) / levels.Count))];
    private readonly float[] _below = [.. levels.Select(level => (float)(2 * level / levels.Count))];
    private readonly float _scale = MathF.Sqrt(levels.Count);

    public override int Outputs => levels.Count;

    public override float ScoreUnit => 1 / _scale;

    public override double NullModelLoss => nullModelLoss;

    public override int UnitPower => 1;

    public override bool IsSmooth => false;

    public override double BoundedLossResolution(int rows) => 0;

    public override Loss FittedTo(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, double unit) =>
        new QuantileLoss(levels, MeanOfNullModel(targets, weights));

    public override double Row(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, Span<float> gradient)
    {
        double loss = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            float residual = scores[i] * _scale - target[0];
            float slope = residual > 0 ? _above[i] : residual < 0 ? -_below[i] : 0;
            gradient[i] = slope * _scale;
            loss += slope * residual;
        }

        return loss;
    }

    // The pinball loss of values that a bounded increasing function has passed through is consistent for the quantile as well.
    protected override double BoundedRow(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, double loss)
    {
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double residual = Squash.Slope(scores[i] * _scale) - Squash.Slope(target[0]);
            sum += residual > 0 ? _above[i] * residual : -_below[i] * residual;
        }

        return sum / 4;
    }

    public override (Tensor Losses, Tensor Gradient) Gradient(Tensor scores, Tensor targets)
    {
        var slopes = new Tensor[levels.Count];
        Tensor? losses = null;
        for (int i = 0; i < slopes.Length; i++)
        {
            Tensor residuals = scores.narrow(-1, i, 1).mul(LiveScalar.Of(_scale)).sub_(targets);
            Tensor slope = residuals.gt(LiveScalar.Of(0)).to_type(scores.dtype).mul_(LiveScalar.Of(_above[i]))
                .sub_(residuals.lt(LiveScalar.Of(0)).to_type(scores.dtype).mul_(LiveScalar.Of(_below[i])));
            Tensor loss = slope.mul(residuals).squeeze(-1);
            losses = losses is null ? loss : losses.add_(loss, LiveScalar.Of(1));
            slopes[i] = slope.mul_(LiveScalar.Of(_scale));
        }

        return (losses!, slopes.Length == 1 ? slopes[0] : cat(slopes, -1));
    }

    public override float[] NullModelScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        float[] scores = new float[levels.Count];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = WeightedQuantile.Of(targets, weights, levels[i]) / _scale;
        }

        return scores;
    }
}
