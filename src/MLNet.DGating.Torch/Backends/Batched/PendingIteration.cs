using System.Runtime.ExceptionServices;
using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Describes an iteration that a network has requested and waits for.</summary>
/// <param name="Network">The network.</param>
/// <param name="Iteration">The rows and steps of the iteration.</param>
internal sealed record PendingIteration(BatchedNetwork Network, Iteration Iteration)
{
    public bool IsDone { get; set; }

    /// <summary>The error that ended the iteration; null where there was none.</summary>
    public ExceptionDispatchInfo? Error { get; set; }

    /// <summary>A key that is equal for iterations that can be carried out in one batch.</summary>
    public object BatchKey => (
        Network.Rows, Network.Task, Network.Shape.Outputs, string.Join(',', Network.Shape.Hidden), Network.Shape.Skip,
        Network.Shape.Activation, Network.Type, Iteration.Step with { LearningRate = 0, Lambda = 0, InputNoise = 0 });
}
