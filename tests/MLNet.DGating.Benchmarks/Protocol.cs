using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>From IDataView to fitted transformer and its test accuracy, with default settings, over seeds.</summary>
internal static class Protocol
{
    private const string DefaultSets = "mice:20,10,auto;isolet:50,20,auto;madelon:20,auto";

    public static void Run(Arguments arguments)
    {
        int seeds = arguments.Whole("seeds", 5);
        Console.WriteLine("| data | asked | test accuracy, mean over seeds | each seed | features kept | seconds a fit |");
        Console.WriteLine("|---|--:|--:|---|---|--:|");
        foreach (string set in arguments.Text("sets", DefaultSets).Split(';'))
        {
            string[] parts = set.Split(':');
            var data = new SplitData(new MLContext(), arguments.Text("data", "../shared/data"), parts[0]);
            foreach (string asked in parts[1].Split(','))
            {
                Measurement[] runs = [.. Enumerable.Range(0, seeds).Select(seed => Fit(data, asked == "auto" ? null : int.Parse(asked), seed, arguments))];
                Console.WriteLine($"| {parts[0]} | {asked} | {runs.Average(run => run.Accuracy):f4} | {string.Join(' ', runs.Select(run => run.Accuracy.ToString("f3")))} " +
                    $"| {string.Join(' ', runs.Select(run => run.Kept))} | {runs.Average(run => run.Seconds):f2} |");
            }
        }
    }

    private static Measurement Fit(SplitData data, int? count, int seed, Arguments arguments)
    {
        var context = new MLContext(seed);
        var clock = Stopwatch.StartNew();
        if (data.Classes == 2)
        {
            var binary = context.BinaryClassification.Trainers.DGating(Set(new DGatingBinaryTrainer.Options { LabelColumnName = "Positive" }, count, arguments)).Fit(data.Training);
            double seconds = clock.Elapsed.TotalSeconds;
            double accuracy = context.BinaryClassification.Evaluate(binary.Transform(data.Test), "Positive").Accuracy;
            return new Measurement(accuracy, binary.Model.FeatureSelection.SelectedIndices.Count, seconds);
        }
        else
        {
            var multiclass = context.MulticlassClassification.Trainers.DGating(Set(new DGatingMulticlassTrainer.Options(), count, arguments)).Fit(data.Training);
            double seconds = clock.Elapsed.TotalSeconds;
            double accuracy = context.MulticlassClassification.Evaluate(multiclass.Transform(data.Test)).MicroAccuracy;
            return new Measurement(accuracy, multiclass.Model.FeatureSelection.SelectedIndices.Count, seconds);
        }
    }

    private static TOptions Set<TOptions>(TOptions options, int? count, Arguments arguments)
        where TOptions : DGatingTrainerOptions
    {
        options.MaximumFeatureCount = count;
        options.NumberOfThreads = arguments.Whole("threads", 1);
        options.InputNoise = arguments.Number("noise");
        options.RowPrecision = arguments.Text("storage", "full") == "half" ? DGatingRowPrecision.Half : DGatingRowPrecision.Full;
        options.NumberOfRuns = arguments.Whole("runs", DGatingDefaults.NumberOfRuns);
        return options;
    }

    private sealed record Measurement(double Accuracy, int Kept, double Seconds);
}
