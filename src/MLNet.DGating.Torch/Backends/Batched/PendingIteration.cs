using System.Runtime.ExceptionServices;
using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>A member that has come to its next iteration.</summary>
/// <param name="Number">Of the run, within the run that started it, and so on: members stand in this order, whoever came first.</param>
/// <param name="Member">Who.</param>
/// <param name="Iteration">What it is to do.</param>
internal sealed record PendingIteration(int[] Number, BatchedNetwork Member, Iteration Iteration)
{
    public bool IsDone { get; set; }

    public ExceptionDispatchInfo? Error { get; set; }

    /// <summary>Turns of one cohort can be taken in one stack.</summary>
    public object Cohort => (
        Member.Rows, Member.Loss.GetType(), Member.Shape.Outputs, string.Join(',', Member.Shape.Hidden), Member.Shape.Skip, Member.Shape.Activation, Member.Type,
        Iteration.Step with { LearningRate = 0, Lambda = 0, InputNoise = 0 });
}
