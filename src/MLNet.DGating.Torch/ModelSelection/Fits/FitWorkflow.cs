using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>What fits of all kinds are composed with: the rows, what is asked for, and who carries out runs.</summary>
/// <param name="Data">All rows.</param>
/// <param name="Settings">What is asked for.</param>
/// <param name="Executor">Carries out runs on the rows.</param>
/// <param name="Context">Messages and cancellation.</param>
internal sealed record FitWorkflow(TrainingSet Data, FitSettings Settings, IRunExecutor Executor, RunContext Context) : IDisposable
{
    /// <summary>The counts that candidates are tried at: the ones given, or a grid; none where λ or a budget ends the path.</summary>
    public int[] Counts => Settings.Stop switch
    {
        StopRule.AtCounts(int[] counts) => Array.ConvertAll(counts, count => Math.Min(count, Data.Groups.Count)),
        StopRule.Automatic => CountGrid.Of(Data.Groups),
        _ => [],
    };

    /// <summary>Compares candidates on these rows.</summary>
    /// <param name="heldOut">The rows.</param>
    /// <param name="blocks">Each row's block, 0, 1, …; null where all rows are independent.</param>
    public OneStandardErrorSelector Selector(int[] heldOut, int[]? blocks = null) => new(Data.Task.Loss, Data.WeightsOf(heldOut), blocks);

    /// <summary>Carries out runs that only help to choose; none may be cancelled.</summary>
    public RunResult[] Try(IEnumerable<RunDescription> runs) => TryUntilCancelled(runs).OrThrow(Context);

    /// <summary>The same; of cancelled runs what there is.</summary>
    public RunResult[] TryUntilCancelled(IEnumerable<RunDescription> runs) => Executor.Execute([.. runs.Select(run => run with { IsForChoice = true })]);

    /// <summary>Candidates of one path a noise level, on a part of the rows.</summary>
    public Candidate[] TryCandidates(int[] training, int[] heldOut, double[] noises, StopRule stop) =>
        [.. Try(noises.Select(noise => Settings.Path(training, heldOut, noise, stop))).SelectMany(result => result.Candidates())];

    public void Dispose() => Executor.Dispose();
}
