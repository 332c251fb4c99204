using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Seconds (by the clock, and of processor time, which others on the machine disturb less) of cross-validation and of stability selection with default settings, and what they say.</summary>
internal static class Evidence
{
    public static void Run(Arguments arguments)
    {
        string set = arguments.Text("set", "mice");
        var data = new SplitData(new MLContext(), arguments.Text("data", "../shared/data"), set);
        var options = new DGatingMulticlassTrainer.Options { NumberOfThreads = arguments.Whole("threads", Environment.ProcessorCount) };
        var trainer = new MLContext(seed: 0).MulticlassClassification.Trainers.DGating(options);

        int folds = arguments.Whole("folds", 5), pairs = arguments.Whole("pairs", 50);
        Time($"{set}, {folds} folds on {options.NumberOfThreads} threads", () => trainer.FitPathCrossValidated(data.Training, folds));
        Time($"{set}, {pairs} pairs on {options.NumberOfThreads} threads", () => trainer.FitStability(data.Training, pairs));
    }

    private static void Time(string what, Func<object> fit)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        object result = fit();
        Console.WriteLine($"{what}: {clock.Elapsed.TotalSeconds:f1} s, {(Environment.CpuUsage.TotalTime - before).TotalSeconds:f1} s of processor time\n{result}");
    }
}
