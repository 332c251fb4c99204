using System.Diagnostics;
using System.Text.Json;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Randomness;
using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Holds the time and the peak memory of a fit in a process of its own, on rows that only its own matrix holds.</summary>
/// <param name="Iterations">The number of iterations of all phases.</param>
/// <param name="RowsPerIteration">The number of rows that an iteration trains on: steps times batch.</param>
/// <param name="DenseSeconds">The least time of an iteration on all features.</param>
/// <param name="PathEndSeconds">The least time of the last three iterations of the path.</param>
/// <param name="PathEndFeatures">The number of features in the last iteration of the path.</param>
/// <param name="FitSeconds">The time from IDataView to transformer.</param>
/// <param name="PeakBytes">The peak resident memory of the process.</param>
internal sealed record ScaleCell(
    int Iterations, int RowsPerIteration, double DenseSeconds, double PathEndSeconds, int PathEndFeatures,
    double FitSeconds, long PeakBytes)
{
    private const int Classes = 10, DenseIterations = 4, RefitIterations = 2, KeptShare = 10;
    private const double Growth = 1.5;

    /// <summary>Measures one cell, in the process of that cell, and prints it as JSON.</summary>
    public static void RunChild(Arguments arguments)
    {
        int rows = arguments.Integer("rows", 1000), features = arguments.Integer("features", 10);
        var clock = new ProgressClock();
        var options = new DGatingMulticlassTrainer.Options
        {
            MaximumFeatureCount = Math.Max(1, features / KeptShare),
            InputNoise = 0,
            NumberOfThreads = arguments.Threads,
            Seed = 0,
            Progress = clock,
            NumberOfDenseIterations = DenseIterations,
            NumberOfRefitIterations = RefitIterations,
            LambdaGrowth = Growth,
        };
        long start = Stopwatch.GetTimestamp();
        new MLContext(seed: 0).MulticlassClassification.Trainers.DGating(options).Fit(Data(rows, features));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int[] all = [.. Enumerable.Range(0, rows)];
        var schedule = new BatchSchedule(all, options.BatchSize, DGatingDefaults.MaximumStepsPerIteration, new RandomStream(0, 0));
        using var self = Process.GetCurrentProcess();
        var cell = new ScaleCell(
            clock.Iterations.Count,
            schedule.StepsPerIteration * schedule.BatchRows,
            clock.Seconds(DGatingPhase.Dense).Min(),
            clock.Seconds(DGatingPhase.Path).TakeLast(3).DefaultIfEmpty().Min(),
            clock.Iterations.Last(iteration => iteration.Progress.Phase == DGatingPhase.Path).Progress.FeatureCount,
            seconds,
            self.PeakWorkingSet64);
        Console.WriteLine(JsonSerializer.Serialize(cell));
    }

    /// <summary>Gives generated rows of ten classes, which are not kept in memory.</summary>
    public static GeneratedView Data(int rows, int features) => new(rows, features, Classes, Fill, row => (uint)(row % Classes));

    /// <summary>Measures one cell in a new process; gives null where the process failed.</summary>
    public static ScaleCell? Measure(int rows, int features, int threads) =>
        ChildProcess.Run("scale-cell", "--rows", $"{rows}", "--features", $"{features}", "--threads", $"{threads}") is string json
            ? JsonSerializer.Deserialize<ScaleCell>(json)
            : null;

    // The features are uniform noise by a linear congruence, and the slot of the row's class is increased by 1.
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
