namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Holds what one step reads for each of several networks.</summary>
/// <param name="Rows">The numbers of the rows [networks, rows].</param>
/// <param name="NoiseStarts">The places in <see cref="NoiseTable"/> at which the noise of the batches begins [networks, 1].</param>
/// <param name="Rates"><see cref="BatchedDescent.Rate"/> of each network [networks, 1, 1].</param>
/// <param name="Shares">The share of a gradient in the velocity, 1 − μ; 0 for a network without this step [networks, 1, 1].</param>
internal readonly record struct StepNumbers(Tensor Rows, Tensor NoiseStarts, Tensor Rates, Tensor Shares);
