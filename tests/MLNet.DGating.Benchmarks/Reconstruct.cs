using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Evaluates slots selected without a label by how well a linear model rebuilds all slots from them on test rows.</summary>
/// <remarks>They are compared with as many slots of highest variance, and with random ones.</remarks>
internal static class Reconstruct
{
    private const int RandomDraws = 10;

    public static void Run(Arguments arguments)
    {
        int seeds = arguments.Integer("seeds", 3);
        Console.WriteLine(
            "| data | asked | kept | R² of a linear model from the kept slots | highest variance | random | seconds a fit " +
            "| R² of the autoencoder |");
        Console.WriteLine("|---|--:|---|--:|--:|--:|--:|--:|");
        foreach (string set in arguments.Text("sets", "mice:5,10,20,auto;isolet:5,10,20,auto;madelon:5,10,20").Split(';'))
        {
            string[] parts = set.Split(':');
            var data = new SplitData(new MLContext(), arguments.Text("data", "../shared/data"), parts[0]);
            float[][] training = [.. data.Training.GetColumn<float[]>("Features")];
            var linear = new LinearReconstruction(training, [.. data.Test.GetColumn<float[]>("Features")]);
            foreach (string asked in parts[1].Split(','))
            {
                int? asCount = asked == "auto" ? null : int.Parse(asked);
                Measurement[] runs = [.. Enumerable.Range(0, seeds).Select(seed => Fit(data, linear, asCount, seed))];
                int count = (int)runs.Average(run => run.Kept);
                double variance = linear.RSquared(ColumnVariance.Highest(training, count));
                double random = Enumerable.Range(0, RandomDraws)
                    .Average(draw => linear.RSquared(RandomColumns.Of(data.Features, count, draw)));
                string kept = string.Join(' ', runs.Select(run => run.Kept));
                string each = string.Join(' ', runs.Select(run => run.Linear.ToString("f3")));
                Console.WriteLine(
                    $"| {parts[0]} | {asked} | {kept} | {runs.Average(run => run.Linear):f3} ({each}) " +
                    $"| {variance:f3} | {random:f3} | {runs.Average(run => run.Seconds):f1} | {runs.Average(run => run.Autoencoder):f3} |");
            }
        }
    }

    private static Measurement Fit(SplitData data, LinearReconstruction linear, int? count, int seed)
    {
        var context = new MLContext(seed);
        var clock = Stopwatch.StartNew();
        DGatingReconstructionEstimator estimator =
            context.Transforms.FeatureSelection.SelectFeaturesBasedOnReconstruction("Features", slotsInOutput: count);
        DGatingFeatureSelectingTransformer fitted = estimator.Fit(data.Training);
        double seconds = clock.Elapsed.TotalSeconds;
        IReadOnlyList<int> kept = fitted.FeatureSelection.SelectedIndices;
        return new Measurement(kept.Count, linear.RSquared(kept), fitted.ReconstructionRSquared ?? double.NaN, seconds);
    }

    private sealed record Measurement(int Kept, double Linear, double Autoencoder, double Seconds);
}
