using System.Runtime.ExceptionServices;
using TorchSharp;

namespace MLNet.DGating.Torch.Interop;

/// <summary>Keeps threads that carry out the parts of a computation again and again, each of which computes on one core.</summary>
/// <remarks>
/// Starting a thread costs more than such a part. A part is carried out by one thread, and which one makes no difference to its result.
/// </remarks>
internal sealed class WorkerTeam : IDisposable
{
    private readonly Barrier _barrier;
    private readonly Thread[] _workers;
    private Action<int>? _work;
    private int _parts;
    private ExceptionDispatchInfo? _error;

    /// <param name="threads">The number of threads, at least 1, of which the caller's is one.</param>
    public WorkerTeam(int threads)
    {
        _barrier = new Barrier(threads);
        _workers =
        [
            .. Enumerable.Range(1, threads - 1)
                .Select(number => new Thread(() => Serve(number)) { IsBackground = true, Name = "D-Gating" }),
        ];
        Array.ForEach(_workers, worker => worker.Start());
    }

    /// <summary>Calls <paramref name="work"/> once for each number from 0 to parts − 1, and waits for all of them.</summary>
    /// <remarks>Where it throws, that thread takes no further number, and one of the errors is thrown to the caller in the end.</remarks>
    public void ForEach(int parts, Action<int> work)
    {
        (_work, _parts, _error) = (work, parts, null);
        _barrier.SignalAndWait();
        CarryOut(0);
        _barrier.SignalAndWait();
        _error?.Throw();
    }

    public void Dispose()
    {
        _work = null;
        _barrier.SignalAndWait();
        Array.ForEach(_workers, worker => worker.Join());
        _barrier.Dispose();
    }

    private void Serve(int number)
    {
        torch.set_num_threads(1);
        for (_barrier.SignalAndWait(); _work is not null; _barrier.SignalAndWait())
        {
            CarryOut(number);
            _barrier.SignalAndWait();
        }
    }

    private void CarryOut(int number)
    {
        try
        {
            for (int part = number; part < _parts; part += _barrier.ParticipantCount)
            {
                _work!(part);
            }
        }
        catch (Exception error) // Rethrown on the caller's thread.
        {
            _error = ExceptionDispatchInfo.Capture(error);
        }
    }
}
