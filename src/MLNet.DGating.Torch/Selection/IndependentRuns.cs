using System.Runtime.ExceptionServices;
using TorchSharp;

namespace MLNet.DGating.Torch;

/// <summary>
/// Runs that do not depend on each other, spread over threads. Every run computes on one thread of its own, so its bits do not
/// depend on how many there are, and the caller's libtorch settings are as they were when the runs are done.
/// </summary>
internal static class IndependentRuns
{
    public static T[] Run<T>(int count, int threads, Func<int, T> run)
    {
        var results = new T[count];
        var errors = new ExceptionDispatchInfo?[count];
        int next = -1;
        using var callersThreads = new KeptThreadsSetting();
        var workers = new Thread[Math.Min(threads, count)];
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = new Thread(Work) { IsBackground = true, Name = "D-Gating" };
            workers[i].Start();
        }

        foreach (Thread worker in workers)
        {
            worker.Join();
        }

        errors.FirstOrDefault(error => error is not null)?.Throw();
        return results;

        void Work()
        {
            torch.set_num_threads(1);
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                try
                {
                    results[i] = run(i);
                }
                catch (Exception error) // Rethrown on the caller's thread.
                {
                    errors[i] = ExceptionDispatchInfo.Capture(error);
                    return;
                }
            }
        }
    }
}
