using System.Runtime.ExceptionServices;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Devices;
using MLNet.DGating.Torch.Network;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Trains the networks of independent runs in one batch on a device.</summary>
/// <remarks>
/// Every run has its own logic and its own thread. A run that requests an iteration or scores waits until all other active runs have
/// requested something; the last of them carries it out for all, scores before iterations. Which networks take part thus depends on the
/// runs alone, not on the order of threads. A run that has ended, for whatever reason, is no longer waited for.
/// </remarks>
/// <param name="type">The floating-point type of all numbers.</param>
/// <param name="device">The device.</param>
/// <param name="recorder">Records steps; null where the device has no recordings.</param>
internal sealed class BatchedRuns(ScalarType type, Device device, StepRecorder? recorder = null) : IDisposable
{
    private readonly object _lock = new();
    private readonly List<PendingWork> _pending = [];
    private readonly List<(object Key, DeviceRows Rows)> _rows = [];
    private readonly StackPool _stacks = new(recorder);
    private Tensor? _noiseTable;

    // The thread that created this object is active itself.
    private int _activeThreads = 1;

    public ScalarType Type => type;

    public Device Device => device;

    /// <summary>Adds threads that every iteration waits for.</summary>
    /// <param name="threads">The number of further threads, at least 0.</param>
    public void Join(int threads)
    {
        lock (_lock)
        {
            _activeThreads += threads;
        }
    }

    /// <summary>Removes one of the threads that every iteration waits for.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _activeThreads--;
            CarryOutIfComplete();
        }
    }

    /// <summary>Gives the rows on the device; the first request uploads them.</summary>
    public DeviceRows RowsOf(FeatureRows features, TrainingSet data)
    {
        lock (_lock)
        {
            object key = (features.Matrix, data.Targets, data.Weights, data.TargetRows);
            DeviceRows? rows = _rows.Find(known => known.Key.Equals(key)).Rows;
            if (rows is null)
            {
                rows = new DeviceRows(features.Matrix, data, type, device);
                _rows.Add((key, rows));
            }

            return rows;
        }
    }

    /// <summary>Carries out one iteration of a network, together with those of all other runs.</summary>
    public void Train(BatchedNetwork network, Iteration iteration) => WaitFor(new PendingIteration(network, iteration));

    /// <summary>Computes scores of a network [rows, outputs], together with those of all other runs that want some.</summary>
    public float[] Score(BatchedNetwork network, int[] rows)
    {
        if (rows.Length == 0)
        {
            return [];
        }

        var pending = new PendingScores(network, rows);
        WaitFor(pending);
        return pending.Scores;
    }

    public void Dispose()
    {
        _stacks.Dispose();
        _noiseTable?.Dispose();
        _rows.ForEach(known => known.Rows.Dispose());
    }

    private void WaitFor(PendingWork pending)
    {
        lock (_lock)
        {
            _pending.Add(pending);
            CarryOutIfComplete();
            while (!pending.IsDone)
            {
                Monitor.Wait(_lock);
            }
        }

        pending.Error?.Throw();
    }

    // Runs that want scores ask for an iteration next, so the iterations of the others wait for them.
    private void CarryOutIfComplete()
    {
        if (_pending.Count == 0 || _pending.Count < _activeThreads)
        {
            return;
        }

        _pending.Sort((one, other) => one.Network.RunNumber.AsSpan().SequenceCompareTo(other.Network.RunNumber));
        PendingScores[] scores = [.. _pending.OfType<PendingScores>()];
        if (scores.Length > 0)
        {
            CarryOut(scores, BatchedScores.Compute);
        }
        else
        {
            CarryOut([.. _pending.Cast<PendingIteration>()], batch => _stacks.Train(batch, GetNoiseTable));
        }

        _pending.RemoveAll(pending => pending.IsDone);
        Monitor.PulseAll(_lock);
    }

    private Tensor GetNoiseTable() => _noiseTable ??= NoiseTable.Create(type, device);

    private static void CarryOut<TWork>(TWork[] work, Action<TWork[]> carryOut)
        where TWork : PendingWork
    {
        foreach (IGrouping<object, TWork> batch in work.GroupBy(pending => pending.BatchKey))
        {
            ExceptionDispatchInfo? error = null;
            try
            {
                carryOut([.. batch]);
            }
            catch (Exception caught) // Rethrown by every network of the batch.
            {
                error = ExceptionDispatchInfo.Capture(caught);
            }

            foreach (TWork pending in batch)
            {
                pending.Error = error;
                pending.IsDone = true;
            }
        }
    }
}
