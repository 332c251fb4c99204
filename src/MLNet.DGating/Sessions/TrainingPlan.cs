using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Checkpoints;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating;

/// <summary>Holds the settings of a fit, and where it is carried out.</summary>
/// <param name="Settings">The settings of the fit.</param>
/// <param name="Execution">The device and the number of threads.</param>
internal sealed record TrainingPlan(FitSettings Settings, ExecutionSettings Execution)
{
    /// <summary>Carries out runs elsewhere; null for the threads or the device of this process.</summary>
    public DGatingExecutor? Executor { get; init; }

    /// <summary>Keeps in a file what has been carried out; null to keep nothing.</summary>
    public FitCheckpoint? Checkpoint { get; init; }

    /// <summary>What tells the options of the fit from others, for the checkpoint.</summary>
    public string Options { get; init; } = "";

    /// <summary>Gives the same plan for an executor, which has a number of threads where none is asked for.</summary>
    public TrainingPlan On(DGatingExecutor? executor, int? threads) => executor is null ? this : this with
    {
        Executor = executor,
        Execution = Execution with { NumberOfThreads = threads ?? executor.NumberOfThreads },
    };

    /// <summary>The same plan in this process alone, for a fit that only one process may ask for.</summary>
    /// <remarks>Where each rank holds a shard of the rows, all of them must ask for it.</remarks>
    public TrainingPlan Alone => this with
    {
        Executor = Executor?.RanksOfRows is null ? null : Executor, 
        Checkpoint = Checkpoint is { IsShared: true } ? Checkpoint : null,
    };

    /// <summary>Creates the executor of runs, which the caller disposes.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="context">Takes messages and progress, and cancels runs.</param>
    public IRunExecutor Start(TrainingSet data, RunContext context) =>
        Executor?.Create(data, Settings, Execution, context) ?? RunExecutor.Create(
            data, Execution, context, Checkpoint?.Begin(data, Settings, Execution, Options, context));
}
