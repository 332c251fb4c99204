using System.Diagnostics;

namespace MLNet.DGating.Benchmarks;

/// <summary>Times small pieces of work on a noisy machine.</summary>
internal static class Stopwatching
{
    /// <summary>Seconds a call, the least of several batches of calls: noise only ever adds.</summary>
    public static double SecondsPerCall(Action work, double secondsPerBatch = 0.15, int batches = 7)
    {
        work();
        int calls = 1;
        double seconds = Time(work, calls);
        while (seconds < secondsPerBatch)
        {
            calls = Math.Max(calls + 1, (int)(calls * secondsPerBatch / Math.Max(seconds, 1e-6) * 1.2));
            seconds = Time(work, calls);
        }

        double least = seconds / calls;
        for (int i = 1; i < batches; i++)
        {
            least = Math.Min(least, Time(work, calls) / calls);
        }

        return least;
    }

    private static double Time(Action work, int calls)
    {
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < calls; i++)
        {
            work();
        }

        return clock.Elapsed.TotalSeconds;
    }
}
