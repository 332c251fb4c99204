using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Checkpoints;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Executors;

/// <summary>Creates executors.</summary>
internal static class RunExecutor
{
    /// <summary>Creates the executor for a device, which the caller disposes.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="execution">The device and the number of threads.</param>
    /// <param name="context">Takes messages and progress, and cancels runs.</param>
    /// <param name="checkpoint">Keeps the runs on threads of the CPU in a file; null to keep none.</param>
    public static IRunExecutor Create(
        TrainingSet data, ExecutionSettings execution, RunContext context, CheckpointedRuns? checkpoint = null) => execution.IsBatched
        ? new BatchedExecutor(data, execution, context)
        : new ThreadedExecutor(data, execution.NumberOfThreads, context, checkpoint);
}
