namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Holds a batch of rows for each of several networks.</summary>
/// <param name="Features">The standardized features [networks, rows, columns].</param>
/// <param name="Targets">The targets [networks, rows, target width].</param>
/// <param name="Weights">The weights [networks, rows, 1], scaled so that the gradient is that of a mean; 0 for padding.</param>
internal readonly record struct DeviceBatches(Tensor Features, Tensor Targets, Tensor Weights);
