namespace MLNet.DGating.Torch;

/// <summary>Batches of one step or, with an axis of steps before all others, of several.</summary>
/// <param name="Features">[members, rows, columns], standardized.</param>
/// <param name="Targets">[members, rows, target width].</param>
/// <param name="Weights">[members, rows, 1], scaled so that the gradient is that of a mean; 0 for padding.</param>
internal readonly record struct Batches(Tensor Features, Tensor Targets, Tensor Weights)
{
    public Batches Step(int step) => new(Features.select(0, step), Targets.select(0, step), Weights.select(0, step));
}
