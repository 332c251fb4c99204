using System.Diagnostics;

namespace MLNet.DGating.Benchmarks;

/// <summary>Measures the time of small pieces of work on a machine with other processes.</summary>
internal static class Stopwatching
{
    /// <summary>Measures the elapsed seconds a call: the least of several batches of calls, since other processes only add to it.</summary>
    public static double SecondsPerCall(Action work, double secondsPerBatch = 0.15, int batches = 7) =>
        LeastPerCall(Clock, work, secondsPerBatch, batches);

    /// <summary>Measures the seconds of processor time a call, over all threads, which other processes disturb less.</summary>
    public static double ProcessorSecondsPerCall(Action work, double secondsPerBatch = 0.15, int batches = 7) =>
        LeastPerCall(() => Environment.CpuUsage.TotalTime.TotalSeconds, work, secondsPerBatch, batches);

    private static double Clock() => (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency;

    private static double LeastPerCall(Func<double> now, Action work, double secondsPerBatch, int batches)
    {
        work();
        int calls = 1;
        double seconds = Time(now, work, calls);
        while (seconds < secondsPerBatch)
        {
            calls = Math.Max(calls + 1, (int)(calls * Math.Min(10, secondsPerBatch / Math.Max(seconds, 1e-6) * 1.2)));
            seconds = Time(now, work, calls);
        }

        double least = seconds / calls;
        for (int i = 1; i < batches; i++)
        {
            least = Math.Min(least, Time(now, work, calls) / calls);
        }

        return least;
    }

    private static double Time(Func<double> now, Action work, int calls)
    {
        double start = now();
        for (int i = 0; i < calls; i++)
        {
            work();
        }

        return now() - start;
    }
}
