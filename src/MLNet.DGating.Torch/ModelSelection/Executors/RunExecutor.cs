using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Executors;

/// <summary>Makes the executor that suits a device.</summary>
internal static class RunExecutor
{
    /// <param name="data">The rows.</param>
    /// <param name="execution">Device and threads.</param>
    /// <param name="context">Messages, progress and cancellation.</param>
    public static IRunExecutor Create(TrainingSet data, ExecutionSettings execution, RunContext context) => execution.IsBatched
        ? new BatchedExecutor(data, execution, context)
        : new ThreadedExecutor(data, execution.NumberOfThreads, context);
}
