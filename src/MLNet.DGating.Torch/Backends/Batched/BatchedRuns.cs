using System.Runtime.ExceptionServices;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Trains the networks of independent runs in one batch on a device.</summary>
/// <remarks>
/// Every run has its own logic and its own thread. A run that requests an iteration waits until all other active runs have requested one;
/// the last of them carries out the iteration for all. Which networks take part thus depends on the runs alone, not on the order of
/// threads. A run that has ended, for whatever reason, is no longer waited for.
/// </remarks>
internal sealed class BatchedRuns(ScalarType type, Device device) : IDisposable
{
    private readonly object _lock = new();
    private readonly List<PendingIteration> _pending = [];
    private readonly List<(object Key, DeviceRows Rows)> _rows = [];
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
            TrainIfComplete();
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
    public void Train(BatchedNetwork network, Iteration iteration)
    {
        var pending = new PendingIteration(network, iteration);
        lock (_lock)
        {
            _pending.Add(pending);
            TrainIfComplete();
            while (!pending.IsDone)
            {
                Monitor.Wait(_lock);
            }
        }

        pending.Error?.Throw();
    }

    public void Dispose()
    {
        _noiseTable?.Dispose();
        _rows.ForEach(known => known.Rows.Dispose());
    }

    private void TrainIfComplete()
    {
        if (_pending.Count == 0 || _pending.Count < _activeThreads)
        {
            return;
        }

        _pending.Sort((one, other) => one.Network.RunNumber.AsSpan().SequenceCompareTo(other.Network.RunNumber));
        foreach (IGrouping<object, PendingIteration> batch in _pending.GroupBy(pending => pending.BatchKey))
        {
            ExceptionDispatchInfo? error = null;
            try
            {
                BatchedIteration.Run([.. batch], () => _noiseTable ??= NoiseTable.Create(type, device));
            }
            catch (Exception caught) // Rethrown by every network of the batch.
            {
                error = ExceptionDispatchInfo.Capture(caught);
            }

            foreach (PendingIteration pending in batch)
            {
                pending.Error = error;
                pending.IsDone = true;
            }
        }

        _pending.Clear();
        Monitor.PulseAll(_lock);
    }
}
