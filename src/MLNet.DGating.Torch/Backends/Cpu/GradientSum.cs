using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Adds the gradients of every step over ranks, so that a step is that of one process on the whole batch.</summary>
/// <param name="ranks">The ranks.</param>
/// <param name="batchRows">The number of rows of a batch on all ranks.</param>
internal sealed class GradientSum(IRanks ranks, int batchRows) : StepExchange
{
    private readonly MatrixMessage _message = new(ranks);

    public override int RowsOfMean(int ownRows) => batchRows;

    public override void BeforeUpdate(IReadOnlyList<CpuMatrix> gradients) => _message.Sum(gradients);
}
