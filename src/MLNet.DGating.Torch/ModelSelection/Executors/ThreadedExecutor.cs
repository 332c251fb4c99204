using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.ModelSelection.Checkpoints;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Progress;

namespace MLNet.DGating.Torch.ModelSelection.Executors;

/// <summary>Carries out runs on threads of the CPU, one core each; where runs are fewer, several threads share a wide one.</summary>
/// <remarks>The bits of a result do not depend on the number of threads.</remarks>
/// <param name="data">The rows.</param>
/// <param name="threads">The number of threads, at least 1.</param>
/// <param name="context">Takes messages and progress, and cancels runs.</param>
/// <param name="checkpoint">Keeps the runs in a file; null to keep none.</param>
internal sealed class ThreadedExecutor(TrainingSet data, int threads, RunContext context, CheckpointedRuns? checkpoint = null)
    : IRunExecutor
{
    public bool RunsInParallel => threads > 1;

    public bool HasTableNetworks => true;

    public WorkShare Work => context.Work;

    public RunResult[] Execute(IReadOnlyList<RunDescription> runs)
    {
        var results = new RunResult[runs.Count];
        WorkShare[] shares = Work.Begin(runs.Count);
        var scope = new CpuScope(Math.Max(1, threads / Math.Max(1, runs.Count)));
        WorkerThreads.ForEach(runs.Count, threads, i =>
            results[i] = Carry(runs[i], scope, context with { Work = shares[i] }));
        return results;
    }

    public T[] RunInParallel<T>(int count, RunContext workContext, Func<int, IRunExecutor, T> work, Action<T>? ended)
    {
        var results = new T[count];
        WorkShare[] shares = workContext.Work.Begin(count);
        WorkerThreads.ForEach(count, threads, i =>
        {
            results[i] = work(i, new ThreadedExecutor(data, 1, workContext with { Work = shares[i] }, checkpoint));
            shares[i].Reach(1);
            ended?.Invoke(results[i]);
        });
        return results;
    }

    public void Dispose()
    {
    }

    private RunResult Carry(RunDescription run, RunScope ofRun, RunContext context)
    {
        return checkpoint?.Carry(run, ofRun, context, In) ?? In(ofRun);

        RunResult In(RunScope scope) => RunCarrier.Carry(run, data, scope, context);
    }
}
