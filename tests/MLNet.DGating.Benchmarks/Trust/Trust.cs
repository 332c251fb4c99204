using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>How good the count is that is chosen automatically, on generated tables whose truth is known.</summary>
internal static class Trust
{
    public static void Run(Arguments arguments)
    {
        int seeds = arguments.Integer("seeds", 10);
        string only = arguments.Text("only", "");
        Console.WriteLine("| table | true | kept | false | missed | test log-loss, chosen / best count | accuracy, chosen − best |");
        Console.WriteLine("|---|--:|---|--:|--:|--:|--:|");
        foreach (PlantedTable table in PlantedTable.All().Where(table => table.Name.Contains(only, StringComparison.Ordinal)))
        {
            Choice[] choices = [.. Enumerable.Range(0, seeds).Select(seed => Choose(table, seed, arguments.Threads))];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {table.Name} | {table.Informative.Length} | {string.Join(' ', choices.Select(choice => choice.Kept))} " +
                $"| {choices.Average(choice => choice.False):f1} " +
                $"| {choices.Average(choice => choice.Missed):f1} | {choices.Average(choice => choice.LossRatio):f4} " +
                $"| {choices.Average(choice => choice.AccuracyLoss):f4} |"));
        }
    }

    private static Choice Choose(PlantedTable table, int seed, int threads)
    {
        var context = new MLContext(seed);
        IDataView training = table.Draw(context, table.Rows, 1000 + seed), test = table.Draw(context, PlantedTable.TestRows, 5000 + seed);
        var options = new DGatingBinaryTrainer.Options { NumberOfThreads = threads, Groups = table.Groups() };
        DGatingPath<BinaryPredictionTransformer<DGatingBinaryModelParameters>> path =
            context.BinaryClassification.Trainers.DGating(options).FitPath(training);
        int[] counts = [.. path.Candidates.Select(candidate => candidate.FeatureCount)];
        CalibratedBinaryClassificationMetrics[] metrics =
            [.. path.Refit(counts).Select(model => context.BinaryClassification.Evaluate(model.Transform(test)))];
        int chosen = Array.IndexOf(counts, path.SparsestFeatureCount);
        int[] kept = [.. path.SelectionAt(counts[chosen]).Select(feature => feature.Index)];
        int right = kept.Count(table.Informative.Contains);
        return new Choice(
            kept.Length, kept.Length - right, table.Informative.Length - right,
            metrics[chosen].LogLoss / metrics.Min(metric => metric.LogLoss),
            metrics[chosen].Accuracy - metrics.Max(metric => metric.Accuracy));
    }

    private sealed record Choice(int Kept, int False, int Missed, double LossRatio, double AccuracyLoss);
}
