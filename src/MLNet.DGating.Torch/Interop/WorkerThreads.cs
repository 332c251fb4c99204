using System.Runtime.ExceptionServices;
using TorchSharp;

namespace MLNet.DGating.Torch.Interop;

/// <summary>Distributes independent work over new threads, each of which computes on one core.</summary>
/// <remarks>
/// So the bits of a result do not depend on the number of threads. The caller's libtorch settings are unchanged afterwards.
/// </remarks>
internal static class WorkerThreads
{
    /// <summary>Calls <paramref name="work"/> once for each number from 0 to count − 1, and waits for all of them.</summary>
    /// <param name="count">How many numbers there are.</param>
    /// <param name="threads">The number of threads, at least 1; no more than <paramref name="count"/> are started.</param>
    /// <param name="work">
    /// The work of a number. Where it throws, its thread takes no further number, and the error of the lowest number is thrown to the
    /// caller in the end.
    /// </param>
    /// <param name="ended">Called by every thread when it takes no further number.</param>
    public static void ForEach(int count, int threads, Action<int> work, Action? ended = null)
    {
        var errors = new ExceptionDispatchInfo?[count];
        int next = -1;
        using var callersThreads = new ThreadCountScope();
        var workers = new Thread[Math.Min(threads, count)];
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = new Thread(Run) { IsBackground = true, Name = "D-Gating" };
            workers[i].Start();
        }

        foreach (Thread worker in workers)
        {
            worker.Join();
        }

        errors.FirstOrDefault(error => error is not null)?.Throw();

        void Run()
        {
            torch.set_num_threads(1);
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                try
                {
                    work(i);
                }
                catch (Exception error) // Rethrown on the caller's thread.
                {
                    errors[i] = ExceptionDispatchInfo.Capture(error);
                    break;
                }
            }

            ended?.Invoke();
        }
    }
}
