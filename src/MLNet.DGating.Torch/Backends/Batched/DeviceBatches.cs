namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>DeviceBatches of one step or, with an axis of steps before all others, of several.</summary>
/// <param name="Features">[members, rows, columns], standardized.</param>
/// <param name="Targets">[members, rows, target width].</param>
/// <param name="Weights">[members, rows, 1], scaled so that the gradient is that of a mean; 0 for padding.</param>
internal readonly record struct DeviceBatches(Tensor Features, Tensor Targets, Tensor Weights)
{
    public DeviceBatches Step(int step) => new(Features.select(0, step), Targets.select(0, step), Weights.select(0, step));
}
