using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Compares every kind of fit of rows that are streamed with the same fit of rows in memory, by accuracy on test rows.</summary>
internal static class Streamed
{
    private const int Count = 20;

    private static readonly (string Name, Func<DGatingBinaryTrainer, IDataView, ITransformer> Model)[] s_fits =
    [
        ("Fit", (trainer, rows) => trainer.Fit(rows)),
        ("FitPath", (trainer, rows) => trainer.FitPath(rows).At(Count)),
        ("FitPathCrossValidated", (trainer, rows) => trainer.FitPathCrossValidated(rows, folds: 3).At(Count)),
        ("FitStability", (trainer, rows) => trainer.FitStability(rows, pairs: 5).ModelOf(Count, threshold: 0.6)),
        ("FitBest", (trainer, rows) => trainer.FitBest(rows, trials: 4).Transformer),
    ];

    public static void Run(Arguments arguments)
    {
        double share = arguments.Number("share") ?? 0.1;
        int seeds = arguments.Integer("seeds", 1);
        string only = arguments.Text("only", "");
        var context = new MLContext(seed: 0);
        (IDataView training, IDataView test) = ExampleData.Adult(context, arguments.Text("examples", "examples/data"));
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using (FileStream file = File.Create(path))
        {
            context.Data.SaveAsBinary(training, file);
        }

        IDataView rows = context.Data.LoadFromBinary(path);
        long count = rows.GetRowCount() ?? 0;
        int slots = ((Microsoft.ML.Data.VectorDataViewType)rows.Schema["Features"].Type).Size;
        long memory = (long)(share * count * slots * sizeof(float));
        Console.WriteLine(
            $"adult, {count} rows × {slots} slots, {Count} of them; {arguments.Threads} threads; memory for {share:p0} of the rows");
        Console.WriteLine("| fit | seed | in memory | streamed | seconds in memory | streamed |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|");
        foreach ((string name, Func<DGatingBinaryTrainer, IDataView, ITransformer> model) in s_fits)
        {
            if (!name.EndsWith(only, StringComparison.Ordinal))
            {
                continue;
            }

            for (int seed = 0; seed < seeds; seed++)
            {
                (double whole, double seconds) = Measure(null);
                (double streamed, double streamedSeconds) = Measure(memory);
                Console.WriteLine($"| {name} | {seed} | {whole:f4} | {streamed:f4} | {seconds:f0} | {streamedSeconds:f0} |");

                (double Accuracy, double Seconds) Measure(long? rowMemory)
                {
                    var clock = Stopwatch.StartNew();
                    ITransformer fitted = model(context.BinaryClassification.Trainers.DGating(new DGatingBinaryTrainer.Options
                    {
                        MaximumFeatureCount = Count,
                        Groups = FeatureGroups.PerSlot,
                        MaximumRowMemory = rowMemory,
                        NumberOfThreads = arguments.Threads,
                        Seed = seed,
                    }), rows);
                    double elapsed = clock.Elapsed.TotalSeconds;
                    return (context.BinaryClassification.Evaluate(fitted.Transform(test)).Accuracy, elapsed);
                }
            }
        }

        File.Delete(path);
    }
}
