using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.Tests;

/// <summary>The squared loss, for tests that change a part of it.</summary>
internal abstract class DelegatingLoss : RowSeparableLoss
{
    private readonly SquaredLoss _inner = new();

    public override int Outputs => _inner.Outputs;

    public override double NullModelLoss => _inner.NullModelLoss;

    public override double BoundedLossResolution(int rows) => _inner.BoundedLossResolution(rows);

    public override double Row(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, Span<float> gradient) =>
        _inner.Row(scores, target, gradient);

    public override (Tensor Losses, Tensor Gradient) Gradient(Tensor scores, Tensor targets) => _inner.Gradient(scores, targets);

    public override float[] NullModelScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) =>
        _inner.NullModelScores(targets, weights);
}
