using System.Text;
using MLNet.DGating.Distributed.Collectives;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Distributed.Runs;

/// <summary>Carries out the runs of one fit on all ranks, each of which has the same rows.</summary>
/// <remarks>
/// Every rank describes the same runs, and all get all results, so that they go on with the same numbers. A run is carried out by one
/// thread, as in a single process: the bits do not depend on the number of ranks.
/// </remarks>
/// <param name="ranks">The ranks.</param>
/// <param name="turns">Numbers the works that the ranks share.</param>
/// <param name="data">The rows.</param>
/// <param name="execution">The device and the number of threads of this rank.</param>
/// <param name="context">Takes messages and progress on rank 0, and cancels runs.</param>
internal sealed class SharedExecutor(
    ICollective ranks, WorkTurns turns, TrainingSet data, ExecutionSettings execution, RunContext context) : IRunExecutor
{
    public bool RunsInParallel => true;

    public bool HasTableNetworks => !execution.IsBatched;

    public WorkShare Work => context.Work;

    /// <summary>Checks that all ranks begin the same fit.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">The fit of this rank.</param>
    /// <param name="warn">Takes a warning on rank 0.</param>
    /// <exception cref="InvalidOperationException">A rank differs; the message names it. It is thrown on every rank.</exception>
    public static void Check(ICollective ranks, FitFingerprint own, Action<string> warn)
    {
        FitFingerprint[] all = Array.ConvertAll(
            ranks.AllGather(PlainData.Write(own)), bytes => PlainData.Read<FitFingerprint>(bytes));
        if (all.Select((each, rank) => each.Difference($"Rank {rank} of {all.Length}", all[0])).FirstOrDefault(text => text is not null)
            is { } difference)
        {
            throw new InvalidOperationException(difference);
        }

        int other = Array.FindIndex(all, each => each.Processor != all[0].Processor);
        if (other > 0 && ranks.Rank == 0)
        {
            warn($"Rank {other} has another kind of processor ({all[other].Processor}) than rank 0 ({own.Processor}): "
                + "the last digits of results depend on which of them carries out a run.");
        }
    }

    public RunResult[] Execute(IReadOnlyList<RunDescription> runs) =>
        Share(runs.Select(PlainData.Write), runs.Count, context, (i, own) => own.Execute([runs[i]])[0], ended: null);

    public T[] RunInParallel<T>(int count, RunContext workContext, Func<int, IRunExecutor, T> work, Action<T>? ended = null) =>
        Share([Encoding.UTF8.GetBytes($"{count} of {typeof(T).Name}")], count, workContext, work, ended);

    public void Dispose()
    {
    }

    private T[] Share<T>(
        IEnumerable<byte[]> descriptions, int count, RunContext workContext, Func<int, IRunExecutor, T> work, Action<T>? ended)
    {
        long number = turns.Begin();
        try
        {
            return Share(WorkIdentity.Of(number, descriptions), count, workContext, work, ended);
        }
        finally
        {
            turns.End();
        }
    }

    private T[] Share<T>(
        WorkIdentity identity, int count, RunContext workContext, Func<int, IRunExecutor, T> work, Action<T>? ended)
    {
        bool isFirst = ranks.Rank == 0;
        WorkShare[] shares = workContext.Work.Begin(count);
        SharedWork? shared = null;
        shared = new SharedWork(ranks, identity, count, outcome =>
        {
            shares[outcome.Piece].Reach(1);
            if (isFirst && outcome.Kind == OutcomeKind.Result)
            {
                ended?.Invoke(PlainData.Read<T>(outcome.Content));
            }
        });
        RunContext own = workContext with
        {
            CheckAlive = () =>
            {
                workContext.CheckAlive();
                if (shared.IsCancelled)
                {
                    throw new OperationCanceledException();
                }
            },
        };
        own = isFirst ? own : own with { Inform = _ => { }, Warn = _ => { }, Progress = _ => { } };
        string rank = $"rank {ranks.Rank} of {ranks.Size}";
        using var workers = new PieceWorkers(execution.NumberOfThreads, piece => Outcome.Of(piece, rank, i =>
        {
            using IRunExecutor alone =
                RunExecutor.Create(data, execution with { NumberOfThreads = 1 }, own with { Work = shares[i] });
            return PlainData.Write(work(i, alone));
        }));
        Outcome[] outcomes = shared.Run(workers, () => workContext.IsCancelled);
        foreach (Outcome outcome in outcomes)
        {
            outcome.ThrowError();
        }

        return Array.ConvertAll(outcomes, outcome => PlainData.Read<T>(outcome.Content));
    }
}
