using System.Runtime.ExceptionServices;
using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>A network that has come to its next iteration.</summary>
/// <param name="Network">The network.</param>
/// <param name="Iteration">What it is to do.</param>
internal sealed record PendingIteration(BatchedNetwork Network, Iteration Iteration)
{
    public bool IsDone { get; set; }

    public ExceptionDispatchInfo? Error { get; set; }

    /// <summary>Equal for iterations that can be carried out in one batch.</summary>
    public object BatchKey => (
        Network.Rows, Network.Task, Network.Shape.Outputs, string.Join(',', Network.Shape.Hidden), Network.Shape.Skip,
        Network.Shape.Activation, Network.Type, Iteration.Step with { LearningRate = 0, Lambda = 0, InputNoise = 0 });
}
