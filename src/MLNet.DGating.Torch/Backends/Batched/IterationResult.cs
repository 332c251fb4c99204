using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Holds what an iteration gave for one network, on the host.</summary>
/// <param name="Loss">The sum over the iteration's steps of the mean loss of a batch.</param>
/// <param name="State">The parameters of the network.</param>
/// <param name="Measures">The measures of its groups at the iteration's λ.</param>
internal sealed record IterationResult(float Loss, NetworkState State, GroupMeasures Measures);
