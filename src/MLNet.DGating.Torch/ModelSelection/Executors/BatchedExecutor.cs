using MLNet.DGating.Torch.Backends.Batched;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Devices;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Executors;

/// <summary>Carries out runs on a device, where the networks of all runs train in one batch.</summary>
internal sealed class BatchedExecutor : IRunExecutor
{
    private readonly TrainingSet _data;
    private readonly RunContext _context;
    private readonly BatchedScope _scope;
    private readonly BatchedRuns? _runs;

    public BatchedExecutor(TrainingSet data, ExecutionSettings execution, RunContext context)
    {
        _data = data;
        _context = context;
        _runs = new BatchedRuns(
            execution.Precision, execution.Device, CudaGraphCapture.Recorder(execution.Device, context.Inform, context.Warn));
        _scope = BatchedScope.Root(_runs);
    }

    // Creates the executor of work that runs in one batch with other work; it does not own the runs.
    private BatchedExecutor(TrainingSet data, BatchedScope scope, RunContext context) =>
        (_data, _scope, _context) = (data, scope, context);

    public bool RunsInParallel => true;

    public bool HasTableNetworks => false;

    public WorkShare Work => _context.Work;

    public RunResult[] Execute(IReadOnlyList<RunDescription> runs)
    {
        var results = new RunResult[runs.Count];
        long bytes = runs.Count == 0 ? 0 : runs.Max(run => BatchMemory.Of(run.Settings.ShapeFor(_data.Task), _data.Groups.Columns));
        WorkShare[] shares = Work.Begin(runs.Count);
        _scope.WithBytesOfRun(bytes).ForEach(runs.Count, (i, scope) =>
            results[i] = RunCarrier.Carry(runs[i], _data, scope, _context with { Work = shares[i] }));
        return results;
    }

    public T[] RunInParallel<T>(int count, RunContext context, Func<int, IRunExecutor, T> work, Action<T>? ended)
    {
        var results = new T[count];
        long bytes = BatchMemory.Of(new TrainingSettings().ShapeFor(_data.Task), _data.Groups.Columns);
        WorkShare[] shares = context.Work.Begin(count);
        _scope.WithBytesOfRun(bytes).ForEach(count, (i, scope) =>
        {
            results[i] = work(i, new BatchedExecutor(_data, (BatchedScope)scope, context with { Work = shares[i] }));
            shares[i].Reach(1);
            ended?.Invoke(results[i]);
        });
        return results;
    }

    public void Dispose() => _runs?.Dispose();
}
