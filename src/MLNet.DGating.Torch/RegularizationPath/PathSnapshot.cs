using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>The network at a count, gates folded, with only the selected groups: where a refit starts.</summary>
/// <param name="Groups">The selected groups, ascending, numbered as in the training set.</param>
/// <param name="State">Its first layer has their columns only.</param>
internal sealed record PathSnapshot(int[] Groups, NetworkState State);
