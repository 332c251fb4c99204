using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Where a member stands, on the host.</summary>
/// <param name="Loss">The sum of the iteration's losses, each over the rows of its batch.</param>
/// <param name="State">Its parameters.</param>
/// <param name="Measures">Of its groups, at the iteration's λ.</param>
internal sealed record IterationResult(float Loss, NetworkState State, GroupMeasures Measures);
