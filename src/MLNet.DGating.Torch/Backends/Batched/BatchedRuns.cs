using System.Runtime.ExceptionServices;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Trains the networks of independent runs in one batch on a device.</summary>
/// <remarks>
/// Every run keeps its own logic and its own thread; where it comes to an iteration it waits until all others that are under way have
/// come to one too, and the last to come carries it out for all of them. Who takes part in an iteration thus follows from the runs alone,
/// not from the order in which threads get there. A run that ends, however it ends, is waited for no more.
/// </remarks>
internal sealed class BatchedRuns(ScalarType type, Device device) : IDisposable
{
    private readonly object _lock = new();
    private readonly List<PendingIteration> _pending = [];
    private readonly List<(object Key, DeviceRows Rows)> _rows = [];
    private Tensor? _noiseTable;

    // The thread that made it is under way itself.
    private int _underWay = 1;

    public ScalarType Type => type;

    public Device Device => device;

    /// <summary>So many further threads are waited for at every iteration.</summary>
    public void Join(int threads)
    {
        lock (_lock)
        {
            _underWay += threads;
        }
    }

    /// <summary>One thread is waited for no more.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _underWay--;
            TrainIfComplete();
        }
    }

    /// <summary>The rows on the device, uploaded for the first who asks.</summary>
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

    /// <summary>Carries out one iteration of a network, together with those of all others.</summary>
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
        if (_pending.Count == 0 || _pending.Count < _underWay)
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
