using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Measures the time of cross-validation and of stability selection with default settings, and prints their tables.</summary>
/// <remarks>Other processes on the machine disturb the processor time less than the elapsed time.</remarks>
internal static class Evidence
{
    public static void Run(Arguments arguments)
    {
        string set = arguments.Text("set", "mice");
        var data = new SplitData(new MLContext(), arguments.Text("data", "../shared/data"), set);
        var options = new DGatingMulticlassTrainer.Options { NumberOfThreads = arguments.Integer("threads", Environment.ProcessorCount) };
        DGatingMulticlassTrainer trainer = new MLContext(seed: 0).MulticlassClassification.Trainers.DGating(options);

        int folds = arguments.Integer("folds", 5), pairs = arguments.Integer("pairs", 50);
        Time($"{set}, {folds} folds on {options.NumberOfThreads} threads", () => trainer.FitPathCrossValidated(data.Training, folds));
        Time($"{set}, {pairs} pairs on {options.NumberOfThreads} threads", () => trainer.FitStability(data.Training, pairs));
    }

    private static void Time(string what, Func<object> fit)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        object result = fit();
        double seconds = clock.Elapsed.TotalSeconds, processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        Console.WriteLine($"{what}: {seconds:f1} s, {processor:f1} s of processor time\n{result}");
    }
}
