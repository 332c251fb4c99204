using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Describes an iteration that a network has requested and waits for.</summary>
/// <param name="Network">The network.</param>
/// <param name="Iteration">The rows and steps of the iteration.</param>
internal sealed record PendingIteration(BatchedNetwork Network, Iteration Iteration) : PendingWork(Network)
{
    public override object BatchKey => (Network.Kind, Iteration.Step with { LearningRate = 0, Lambda = 0, InputNoise = 0 });
}
