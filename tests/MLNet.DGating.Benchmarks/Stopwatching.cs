using System.Diagnostics;

namespace MLNet.DGating.Benchmarks;

/// <summary>Times small pieces of work on a noisy machine.</summary>
internal static class Stopwatching
{
    /// <summary>Seconds a call, the least of several batches of calls: noise only ever adds.</summary>
    public static double SecondsPerCall(Action work, double secondsPerBatch = 0.15, int batches = 7) => LeastPerCall(Clock, work, secondsPerBatch, batches);

    /// <summary>As <see cref="SecondsPerCall"/>, but seconds of processor time, on whatever threads: what others on the machine disturb less.</summary>
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
