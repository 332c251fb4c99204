using System.Runtime.ExceptionServices;
using MLNet.DGating.Torch.Backends.Batched;
using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Settings;
using TorchSharp;

namespace MLNet.DGating.Torch.ModelSelection.Executors;

/// <summary>
/// Runs that do not depend on each other. On a CPU they are spread over threads, and every run computes on one thread of its own, so its bits do not
/// depend on how many there are. On a device they go in lockstep, a thread each. The caller's libtorch settings are as they were when the runs are done.
/// </summary>
internal static class IndependentRuns
{
    /// <param name="count">Runs.</param>
    /// <param name="settings">Device and threads.</param>
    /// <param name="columns">Of the network of a run, at most.</param>
    /// <param name="run">The run of a number.</param>
    public static T[] Run<T>(int count, TrainingSettings settings, int columns, Func<int, T> run)
    {
        if (!settings.IsOnDevice)
        {
            return Run(count, settings.Threads, run);
        }

        using BatchedRuns? own = BatchedRuns.Current is null ? new BatchedRuns(settings.Precision, settings.Device) : null;
        BatchedRuns.Places places = (BatchedRuns.Current ?? own!).Split(count, BatchMemory.Of(settings.Shape, columns));
        return Run(count, places.Count, run, places);
    }

    public static T[] Run<T>(int count, int threads, Func<int, T> run) => Run(count, threads, run, places: null);

    private static T[] Run<T>(int count, int threads, Func<int, T> run, BatchedRuns.Places? places)
    {
        var results = new T[count];
        var errors = new ExceptionDispatchInfo?[count];
        int next = -1;
        using var callersThreads = new ThreadCountScope();
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
                places?.Begin(i);
                try
                {
                    results[i] = run(i);
                }
                catch (Exception error) // Rethrown on the caller's thread.
                {
                    errors[i] = ExceptionDispatchInfo.Capture(error);
                    break;
                }
            }

            places?.Leave();
        }
    }
}
