using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;
using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating;

/// <summary>Carries out the independent runs of fits elsewhere than on the threads of this process alone.</summary>
/// <remarks>The package MLNet.DGating.Distributed has the one that spreads runs over the processes of a cluster.</remarks>
public abstract class DGatingExecutor
{
    private protected DGatingExecutor()
    {
    }

    /// <summary>The number of threads for runs in this process where the options give none, at least 1.</summary>
    internal abstract int NumberOfThreads { get; }

    /// <summary>The processes of which each reads a shard of the rows; null where each of them reads all rows.</summary>
    internal virtual IRanks? RanksOfRows => null;

    /// <summary>Creates the executor of a fit, which the caller disposes.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="settings">The settings of the fit.</param>
    /// <param name="execution">The device and the number of threads in this process.</param>
    /// <param name="context">Takes messages and progress, and cancels runs.</param>
    internal abstract IRunExecutor Create(TrainingSet data, FitSettings settings, ExecutionSettings execution, RunContext context);
}
