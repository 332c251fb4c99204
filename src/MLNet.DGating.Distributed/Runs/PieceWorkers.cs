using System.Collections.Concurrent;
using MLNet.DGating.Torch.Interop;

namespace MLNet.DGating.Distributed.Runs;

/// <summary>Carries out pieces of work on threads of this process, as they come.</summary>
internal sealed class PieceWorkers : IDisposable
{
    private readonly BlockingCollection<int> _pieces = [];
    private readonly ConcurrentQueue<Outcome> _done = new();
    private readonly Thread _thread;
    private int _free;

    /// <param name="threads">The number of threads, at least 1.</param>
    /// <param name="work">Carries out the piece of a number; must not throw.</param>
    public PieceWorkers(int threads, Func<int, Outcome> work)
    {
        _free = threads;
        _thread = new Thread(() => WorkerThreads.ForEach(threads, threads, _ =>
        {
            foreach (int piece in _pieces.GetConsumingEnumerable())
            {
                _done.Enqueue(work(piece));
            }
        }))
        { IsBackground = true, Name = "D-Gating pieces" };
        _thread.Start();
    }

    /// <summary>Whether a thread waits for a piece.</summary>
    public bool IsFree => _free > 0;

    /// <summary>Gives a piece to a thread that waits.</summary>
    public void Add(int piece)
    {
        _free--;
        _pieces.Add(piece);
    }

    /// <summary>Takes an outcome, if there is one.</summary>
    public bool TryTake(out Outcome outcome)
    {
        bool isDone = _done.TryDequeue(out Outcome? first);
        _free += isDone ? 1 : 0;
        outcome = first!;
        return isDone;
    }

    /// <summary>Waits for the pieces that have begun.</summary>
    public void Dispose()
    {
        _pieces.CompleteAdding();
        _thread.Join();
        _pieces.Dispose();
    }
}
