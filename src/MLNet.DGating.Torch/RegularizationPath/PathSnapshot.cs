using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>Holds the network of a path at one count, from which a refit starts.</summary>
/// <param name="Groups">The selected groups, ascending, numbered as in the training set.</param>
/// <param name="State">The parameters with folded gates; the gated layer has the columns of the selected groups alone.</param>
internal sealed record PathSnapshot(int[] Groups, NetworkState State);
