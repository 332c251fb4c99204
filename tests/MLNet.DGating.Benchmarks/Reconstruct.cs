using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Slots selected without a label: what a linear model rebuilds of all slots from them on test rows, beside other ways to choose as many.</summary>
internal static class Reconstruct
{
    private const int RandomDraws = 10;

    public static void Run(Arguments arguments)
    {
        int seeds = arguments.Whole("seeds", 3);
        Console.WriteLine("| data | asked | kept | R² of a linear model from the kept slots | highest variance | random | seconds a fit | R² of the autoencoder |");
        Console.WriteLine("|---|--:|---|--:|--:|--:|--:|--:|");
        foreach (string set in arguments.Text("sets", "mice:5,10,20,auto;isolet:5,10,20,auto;madelon:5,10,20").Split(';'))
        {
            string[] parts = set.Split(':');
            var data = new SplitData(new MLContext(), arguments.Text("data", "../shared/data"), parts[0]);
            float[][] training = [.. data.Training.GetColumn<float[]>("Features")];
            var judge = new LinearReconstruction(training, [.. data.Test.GetColumn<float[]>("Features")]);
            foreach (string asked in parts[1].Split(','))
            {
                Measurement[] runs = [.. Enumerable.Range(0, seeds).Select(seed => Fit(data, judge, asked == "auto" ? null : int.Parse(asked), seed))];
                int count = (int)runs.Average(run => run.Kept);
                double variance = judge.RSquared(ColumnVariance.Highest(training, count));
                double random = Enumerable.Range(0, RandomDraws).Average(draw => judge.RSquared(RandomColumns.Of(data.Features, count, draw)));
                Console.WriteLine($"| {parts[0]} | {asked} | {string.Join(' ', runs.Select(run => run.Kept))} | {runs.Average(run => run.Linear):f3} ({string.Join(' ', runs.Select(run => run.Linear.ToString("f3")))}) " +
                    $"| {variance:f3} | {random:f3} | {runs.Average(run => run.Seconds):f1} | {runs.Average(run => run.Autoencoder):f3} |");
            }
        }
    }

    private static Measurement Fit(SplitData data, LinearReconstruction judge, int? count, int seed)
    {
        var context = new MLContext(seed);
        var clock = Stopwatch.StartNew();
        var fitted = context.Transforms.FeatureSelection.SelectFeaturesBasedOnReconstruction("Features", slotsInOutput: count).Fit(data.Training);
        double seconds = clock.Elapsed.TotalSeconds;
        IReadOnlyList<int> kept = fitted.FeatureSelection.SelectedIndices;
        return new Measurement(kept.Count, judge.RSquared(kept), fitted.ReconstructionRSquared ?? double.NaN, seconds);
    }

    private sealed record Measurement(int Kept, double Linear, double Autoencoder, double Seconds);
}
