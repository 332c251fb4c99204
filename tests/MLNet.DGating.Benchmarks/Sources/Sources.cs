using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Selects among sources of data, each many columns, by the one-standard-error rule.</summary>
internal static class Sources
{
    private static readonly string[] s_sources = [nameof(SourceRow.Spectrum), nameof(SourceRow.Counts), nameof(SourceRow.Sensors)];

    public static void Run(Arguments arguments)
    {
        int tables = arguments.Integer("tables", 10), rows = arguments.Integer("rows", 1000);
        Console.WriteLine(
            "| sources with a say | groups | exactly these kept | with one too many | one missing | test R² | of all sources | seconds |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|--:|--:|");
        string only = arguments.Text("only", string.Join(',', PlantedSources.All.Select(planted => planted.Name)));
        foreach (PlantedSources planted in PlantedSources.All.Where(planted => only.Split(',').Contains(planted.Name)))
        {
            Fitted[] bySource = Fit(planted, FeatureGroups.OfSources(s_sources), tables, rows, arguments.Threads);
            Fitted[] bySlot = Fit(planted, FeatureGroups.PerSlot, tables, rows, arguments.Threads);
            double[] all = [.. Enumerable.Range(0, tables).Select(seed => All(planted, rows, seed, arguments.Threads))];
            Write(planted, "sources", bySource, all);
            Write(planted, "columns", bySlot, all);
        }
    }

    private static void Write(PlantedSources planted, string groups, Fitted[] fits, double[] all)
    {
        int exact = fits.Count(fit => fit.Kept.SetEquals(planted.Informative));
        int more = fits.Count(fit => fit.Kept.Except(planted.Informative).Any());
        int less = fits.Count(fit => planted.Informative.Except(fit.Kept).Any());
        double[] scores = Array.ConvertAll(fits, fit => fit.RSquared);
        Console.WriteLine(
            $"| {planted.Name} | {groups} | {exact} of {fits.Length} | {more} | {less} " +
            $"| {scores.Average():f3} ± {TableResult.StandardError(scores):f3} | {all.Average():f3} " +
            $"| {fits.Average(fit => fit.Seconds):f1} |");
    }

    private static Fitted[] Fit(PlantedSources planted, FeatureGroups groups, int tables, int rows, int threads) =>
    [
        .. Enumerable.Range(0, tables).Select(seed =>
        {
            var clock = Stopwatch.StartNew();
            (DGatingRegressionModelParameters model, double score) =
                Train(planted, rows, seed, threads, options => options.Groups = groups);
            HashSet<string> kept = [.. model.FeatureSelection.SelectedIndices.Select(SourceOf)];
            return new Fitted(kept, score, clock.Elapsed.TotalSeconds);
        }),
    ];

    private static double All(PlantedSources planted, int rows, int seed, int threads) =>
        Train(planted, rows, seed, threads, options => options.Lambda = 0).RSquared;

    private static (DGatingRegressionModelParameters Model, double RSquared) Train(
        PlantedSources planted, int rows, int seed, int threads, Action<DGatingRegressionTrainer.Options> set)
    {
        var context = new MLContext(seed);
        var options = new DGatingRegressionTrainer.Options { NumberOfThreads = threads };
        set(options);
        TransformerChain<RegressionPredictionTransformer<DGatingRegressionModelParameters>> model = context.Transforms
            .Concatenate("Features", s_sources).Append(context.Regression.Trainers.DGating(options))
            .Fit(context.Data.LoadFromEnumerable(planted.Rows(rows, seed)));
        IDataView test = context.Data.LoadFromEnumerable(planted.Rows(2000, 1000 + seed));
        return (model.LastTransformer.Model, context.Regression.Evaluate(model.Transform(test)).RSquared);
    }

    private static string SourceOf(int slot) =>
        s_sources[slot < SourceRow.Bands ? 0 : slot < SourceRow.Bands + SourceRow.Words ? 1 : 2];

    private sealed record Fitted(HashSet<string> Kept, double RSquared, double Seconds);
}
