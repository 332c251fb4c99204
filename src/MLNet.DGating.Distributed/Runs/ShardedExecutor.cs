using MLNet.DGating.Distributed.Collectives;
using MLNet.DGating.Torch.Backends.Sharded;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Progress;

namespace MLNet.DGating.Distributed.Runs;

/// <summary>Carries out the runs of one fit on all ranks together, each of which has a shard of the rows.</summary>
/// <remarks>
/// Runs follow one another, in the same order on every rank, by one thread of each. All ranks have the same parameters, losses and scores,
/// so that they decide alike and have the same result.
/// </remarks>
/// <param name="ranks">The ranks.</param>
/// <param name="data">The rows of all ranks, with the features of this one.</param>
/// <param name="context">Takes messages and progress on rank 0, and cancels runs on any.</param>
internal sealed class ShardedExecutor(ICollective ranks, TrainingSet data, RunContext context) : IRunExecutor
{
    public bool RunsInParallel => false;

    public bool HasTableNetworks => true;

    public WorkShare Work => context.Work;

    public RunResult[] Execute(IReadOnlyList<RunDescription> runs)
    {
        WorkShare[] shares = Work.Begin(runs.Count);
        return [.. runs.Select((run, i) => Carry(run, context with { Work = shares[i] }))];
    }

    public T[] RunInParallel<T>(int count, RunContext workContext, Func<int, IRunExecutor, T> work, Action<T>? ended = null)
    {
        WorkShare[] shares = workContext.Work.Begin(count);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            T result = work(i, new ShardedExecutor(ranks, data, workContext with { Work = shares[i] }));
            shares[i].Reach(1);
            if (ranks.Rank == 0)
            {
                ended?.Invoke(result);
            }

            return result;
        })];
    }

    public void Dispose()
    {
    }

    // A run is never stopped on one rank alone: what its user wants is agreed on in every iteration.
    private RunResult Carry(RunDescription run, RunContext runContext)
    {
        RunContext together = runContext with { CheckAlive = () => { } };
        together = ranks.Rank == 0 ? together : together with { Inform = _ => { }, Warn = _ => { }, Progress = _ => { } };
        return RunCarrier.Carry(run, data, new ShardedScope(() => runContext.IsCancelled), together);
    }
}
