using System.Diagnostics;

namespace MLNet.DGating.Benchmarks;

/// <summary>When each iteration of a fit was over.</summary>
internal sealed class ProgressClock : IProgress<DGatingProgress>
{
    public List<(DGatingProgress Progress, long Timestamp)> Iterations { get; } = [];

    public void Report(DGatingProgress value) => Iterations.Add((value, Stopwatch.GetTimestamp()));

    /// <summary>Seconds of each iteration of a phase but the first, which has no start.</summary>
    public IEnumerable<double> Seconds(DGatingPhase phase) =>
        Iterations.Zip(Iterations.Skip(1)).Where(pair => pair.First.Progress.Phase == phase && pair.Second.Progress.Phase == phase)
            .Select(pair => Stopwatch.GetElapsedTime(pair.First.Timestamp, pair.Second.Timestamp).TotalSeconds);
}
