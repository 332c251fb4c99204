using System.Diagnostics;

namespace MLNet.DGating.Benchmarks;

/// <summary>Records the time at which each iteration of a fit ended.</summary>
internal sealed class ProgressClock : IProgress<DGatingProgress>
{
    public List<(DGatingProgress Progress, long Timestamp)> Iterations { get; } = [];

    public void Report(DGatingProgress value) => Iterations.Add((value, Stopwatch.GetTimestamp()));

    /// <summary>Gives the seconds of each iteration of a phase, except for the first one, whose start is unknown.</summary>
    public IEnumerable<double> Seconds(DGatingPhase phase) =>
        Iterations.Zip(Iterations.Skip(1)).Where(pair => pair.First.Progress.Phase == phase && pair.Second.Progress.Phase == phase)
            .Select(pair => Stopwatch.GetElapsedTime(pair.First.Timestamp, pair.Second.Timestamp).TotalSeconds);
}
