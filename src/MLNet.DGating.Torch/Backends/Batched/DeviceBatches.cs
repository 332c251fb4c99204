namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Holds a batch of rows for each of several networks.</summary>
/// <remarks>The batches of several steps have an axis of steps before all others.</remarks>
/// <param name="Features">The standardized features [networks, rows, columns].</param>
/// <param name="Targets">The targets [networks, rows, target width].</param>
/// <param name="Weights">The weights [networks, rows, 1], scaled so that the gradient is that of a mean; 0 for padding.</param>
internal readonly record struct DeviceBatches(Tensor Features, Tensor Targets, Tensor Weights)
{
    /// <summary>Gives views of the batches of one step.</summary>
    public DeviceBatches Step(int step) => new(Features.select(0, step), Targets.select(0, step), Weights.select(0, step));
}
