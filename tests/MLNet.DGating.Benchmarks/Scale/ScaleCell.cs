using System.Diagnostics;
using System.Text.Json;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Randomness;
using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>A fit on rows that only its own matrix holds, in a process of its own: what it took, and the most memory the process ever had resident.</summary>
/// <param name="Iterations">Of all phases.</param>
/// <param name="RowsPerIteration">Rows an iteration trains on: steps times batch.</param>
/// <param name="DenseSeconds">An iteration on all features, the least of several.</param>
/// <param name="PathEndSeconds">The least of the last three iterations of the path.</param>
/// <param name="PathEndFeatures">Features it was on.</param>
/// <param name="FitSeconds">From IDataView to transformer.</param>
/// <param name="PeakBytes">Peak resident set.</param>
internal sealed record ScaleCell(int Iterations, int RowsPerIteration, double DenseSeconds, double PathEndSeconds, int PathEndFeatures, double FitSeconds, long PeakBytes)
{
    private const int Classes = 10, DenseIterations = 4, RefitIterations = 2, KeptShare = 10;
    private const double Growth = 1.5;

    /// <summary>For the process that measures one cell.</summary>
    public static void RunChild(Arguments arguments)
    {
        int rows = arguments.Whole("rows", 1000), features = arguments.Whole("features", 10);
        var clock = new ProgressClock();
        var options = new DGatingMulticlassTrainer.Options
        {
            MaximumFeatureCount = Math.Max(1, features / KeptShare), InputNoise = 0, NumberOfThreads = arguments.Threads, Seed = 0, Progress = clock,
            NumberOfDenseIterations = DenseIterations, NumberOfRefitIterations = RefitIterations, LambdaGrowth = Growth,
        };
        long start = Stopwatch.GetTimestamp();
        new MLContext(seed: 0).MulticlassClassification.Trainers.DGating(options).Fit(new GeneratedView(rows, features, Classes, Fill, row => (uint)(row % Classes)));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var schedule = new BatchSchedule([.. Enumerable.Range(0, rows)], options.BatchSize, DGatingDefaults.MaximumStepsPerIteration, new RandomStream(0, 0));
        using Process self = Process.GetCurrentProcess();
        var cell = new ScaleCell(
            clock.Iterations.Count, schedule.StepsPerIteration * schedule.BatchRows, clock.Seconds(DGatingPhase.Dense).Min(), clock.Seconds(DGatingPhase.Path).TakeLast(3).DefaultIfEmpty().Min(),
            clock.Iterations.Last(iteration => iteration.Progress.Phase == DGatingPhase.Path).Progress.FeatureCount, seconds, self.PeakWorkingSet64);
        Console.WriteLine(JsonSerializer.Serialize(cell));
    }

    /// <summary>Null where the process failed.</summary>
    public static ScaleCell? Measure(int rows, int features, int threads) =>
        ChildProcess.Run("scale-cell", "--rows", $"{rows}", "--features", $"{features}", "--threads", $"{threads}") is string json
            ? JsonSerializer.Deserialize<ScaleCell>(json)
            : null;

    // Uniform noise by a linear congruence; the slot of the row's class is higher.
    private static void Fill(long row, Span<float> features)
    {
        uint state = (uint)row * 2654435761u;
        for (int i = 0; i < features.Length; i++)
        {
            state = (state * 1664525u) + 1013904223u;
            features[i] = (state >> 8) * (1f / (1 << 24));
        }

        features[(int)(row % Classes)] += 1;
    }
}
