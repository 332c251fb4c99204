using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Measures how the work decreases as features leave, and the gain of a second core.</summary>
internal static class Work
{
    private const int Pairs = 4, Folds = 4, WideRows = 5000, WideFeatures = 5000, WideCount = 20;

    public static void Run(Arguments arguments)
    {
        string folder = arguments.Text("data", "../shared/data");
        var isolet = new SplitData(new MLContext(), folder, "isolet");
        Console.WriteLine(
            "| isolet, path down to | iterations, dense phase included | a dense one, ms | the last ten, ms each " +
            "| the path, of as many dense ones |");
        Console.WriteLine("|--:|--:|--:|--:|--:|");
        foreach (int count in (int[])[50, 20, 1])
        {
            Path(isolet, count);
            Path(isolet, count);
        }

        Console.WriteLine();
        Console.WriteLine("| | one thread, s | two threads, s | |");
        Console.WriteLine("|---|--:|--:|--:|");
        GeneratedView wide = ScaleCell.Data(WideRows, WideFeatures);
        for (int i = 0; i < 2; i++)
        {
            Cores(
                $"one fit, {WideRows:n0} × {WideFeatures:n0} down to {WideCount}",
                threads => Trainer(threads, null, WideCount).Fit(wide));
            Cores(
                $"isolet, {2 * Pairs} halves of stability selection",
                threads => Trainer(threads, null).FitStability(isolet.Training, Pairs));
            Cores($"isolet, {Folds} folds", threads => Trainer(threads, null).FitPathCrossValidated(isolet.Training, Folds));
        }
    }

    private static DGatingMulticlassTrainer Trainer(int threads, IProgress<DGatingProgress>? progress, int? count = null) =>
        new MLContext(seed: 0).MulticlassClassification.Trainers.DGating(new DGatingMulticlassTrainer.Options
        {
            MaximumFeatureCount = count,
            InputNoise = 0,
            NumberOfThreads = threads,
            Progress = progress,
        });

    private static void Path(SplitData data, int count)
    {
        var clock = new ProgressClock();
        Trainer(threads: 1, clock, count).Fit(data.Training);
        double[] dense = [.. clock.Seconds(DGatingPhase.Dense)], path = [.. clock.Seconds(DGatingPhase.Path)];
        double ofDense = dense.Order().ElementAt(dense.Length / 2);
        double ofLast = path[^Math.Min(10, path.Length)..].Average();
        int iterations = dense.Length + path.Length;
        double share = (dense.Sum() + path.Sum()) / (iterations * ofDense);
        Console.WriteLine($"| {count} | {iterations} | {1000 * ofDense:f2} | {1000 * ofLast:f2} | {share:p0} |");
    }

    private static void Cores(string runs, Action<int> fit)
    {
        double Seconds(int threads)
        {
            var clock = Stopwatch.StartNew();
            fit(threads);
            return clock.Elapsed.TotalSeconds;
        }

        double one = Seconds(1), two = Seconds(2);
        Console.WriteLine($"| {runs} | {one:f2} | {two:f2} | {one / two:f2} times |");
    }
}
