namespace MLNet.DGating.Torch.Network;

/// <summary>The function between two layers; both have a derivative that follows from their value alone.</summary>
internal enum NetworkActivation
{
    Relu,
    Tanh,
}
