using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Seconds of cross-validation and of stability selection with default settings, and what they say.</summary>
internal static class Evidence
{
    public static void Run(Arguments arguments)
    {
        string set = arguments.Text("set", "mice");
        var data = new SplitData(new MLContext(), arguments.Text("data", "../shared/data"), set);
        var options = new DGatingMulticlassTrainer.Options { NumberOfThreads = arguments.Whole("threads", Environment.ProcessorCount) };
        var trainer = new MLContext(seed: 0).MulticlassClassification.Trainers.DGating(options);

        var clock = Stopwatch.StartNew();
        int folds = arguments.Whole("folds", 5);
        Console.WriteLine(trainer.FitPathCrossValidated(data.Training, folds));
        Console.WriteLine($"{set}: {folds} folds in {clock.Elapsed.TotalSeconds:f1} s on {options.NumberOfThreads} threads\n");

        clock.Restart();
        int pairs = arguments.Whole("pairs", 50);
        Console.WriteLine(trainer.FitStability(data.Training, pairs));
        Console.WriteLine($"{set}: {pairs} pairs in {clock.Elapsed.TotalSeconds:f1} s on {options.NumberOfThreads} threads");
    }
}
