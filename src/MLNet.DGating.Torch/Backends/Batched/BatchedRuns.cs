using System.Runtime.ExceptionServices;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>
/// Independent runs whose networks train side by side on a device. Every run keeps its own logic and its own thread; where it comes to an iteration it
/// waits until all others that are under way have come to one too, and the last to come takes it for all of them. Who takes part in an iteration thus
/// follows from the runs alone, not from the order in which threads get there. A run that ends, however it ends, is waited for no more.
/// </summary>
internal sealed class BatchedRuns(ScalarType type, Device device) : IDisposable
{
    [ThreadStatic]
    private static Seat? s_seat;

    private readonly object _lock = new();
    private readonly List<PendingIteration> _waiting = [];
    private readonly List<(object Key, DeviceRows Rows)> _rows = [];
    private Tensor? _noiseTable;

    // The thread that made it has a place.
    private int _underWay = 1;

    /// <summary>The group of the run that this thread is in; null where it is in none.</summary>
    public static BatchedRuns? Current => s_seat?.Group;

    public ScalarType Type => type;

    public Device Device => device;

    /// <summary>Threads take part in place of this one, until they have left: one a run, as far as memory goes.</summary>
    /// <param name="runs">How many there are.</param>
    /// <param name="bytes">What each may take.</param>
    public Places Split(int runs, long bytes)
    {
        Seat parent = s_seat ?? new Seat(this, [], BatchMemory.All);
        int threads = (int)Math.Clamp(parent.Memory / bytes, 1, Math.Min(runs, BatchMemory.LargestGroup));
        lock (_lock)
        {
            _underWay += threads - 1;
        }

        return new Places(parent, threads);
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

    /// <summary>One iteration of this thread's member, together with those of all others.</summary>
    public void Train(BatchedNetwork member, Iteration iteration)
    {
        var turn = new PendingIteration(s_seat?.Number ?? [], member, iteration);
        lock (_lock)
        {
            _waiting.Add(turn);
            GoOnIfAllAreHere();
            while (!turn.IsDone)
            {
                Monitor.Wait(_lock);
            }
        }

        turn.Error?.Throw();
    }

    public void Dispose()
    {
        _noiseTable?.Dispose();
        _rows.ForEach(known => known.Rows.Dispose());
    }

    private void GoOnIfAllAreHere()
    {
        if (_waiting.Count == 0 || _waiting.Count < _underWay)
        {
            return;
        }

        _waiting.Sort((one, other) => one.Number.AsSpan().SequenceCompareTo(other.Number));
        foreach (IGrouping<object, PendingIteration> cohort in _waiting.GroupBy(turn => turn.Cohort))
        {
            ExceptionDispatchInfo? error = null;
            try
            {
                BatchedIteration.Run([.. cohort], () => _noiseTable ??= NoiseTable.Create(type, device));
            }
            catch (Exception caught) // Rethrown by every member.
            {
                error = ExceptionDispatchInfo.Capture(caught);
            }

            foreach (PendingIteration turn in cohort)
            {
                turn.Error = error;
                turn.IsDone = true;
            }
        }

        _waiting.Clear();
        Monitor.PulseAll(_lock);
    }

    /// <summary>The places of threads that a run was split into. When the last leaves, the place is that of the run again.</summary>
    internal sealed class Places(Seat parent, int count)
    {
        private int _left = count;

        /// <summary>Threads there are.</summary>
        public int Count { get; } = count;

        /// <summary>This thread's run is the one of this number from now on.</summary>
        public void Begin(int run) => s_seat = new Seat(parent.Group, [.. parent.Number, run], parent.Memory / Count);

        /// <summary>This thread runs no more.</summary>
        public void Leave()
        {
            BatchedRuns group = parent.Group;
            lock (group._lock)
            {
                if (--_left > 0)
                {
                    group._underWay--;
                    group.GoOnIfAllAreHere();
                }
            }
        }
    }

    /// <summary>Where a thread belongs.</summary>
    /// <param name="Group">Its group.</param>
    /// <param name="Number">The number of its run, behind that of the run which started it.</param>
    /// <param name="Memory">Bytes that it may take.</param>
    internal sealed record Seat(BatchedRuns Group, int[] Number, long Memory);
}
