using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Compares a model of half of the training rows, continued on the other half, with a model of all of them.</summary>
internal static class Continued
{
    private static readonly string[] s_fits = ["first half", "first half, continued on the second", "all rows", "second half alone"];

    public static void Run(Arguments arguments)
    {
        string[] only = arguments.Text("only", "adult,california,taxi").Split(',');
        int splits = arguments.Integer("splits", 4);
        PlainTable[] tables =
        [
            .. CsvTable.All(arguments.Text("data", "../shared/data")).Concat(TuningTables.All()).Concat(HeldOutTables.All())
                .Where(table => only.Any(part => table.Name.Contains(part, StringComparison.Ordinal))),
        ];
        // The first fit of a process loads native libraries and compiles.
        Measure(TuningTables.All().Single(table => table.Name == "few"), split: 0, arguments.Threads);
        Console.WriteLine($"| table: log-loss or RMSE / seconds | {string.Join(" | ", s_fits)} |");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", s_fits.Length))}");
        foreach (PlainTable table in tables)
        {
            (double Loss, double Seconds)[][] runs =
                [.. Enumerable.Range(0, splits).Select(split => Measure(table, split, arguments.Threads))];
            IEnumerable<string> cells = Enumerable.Range(0, s_fits.Length).Select(fit => string.Create(CultureInfo.InvariantCulture,
                $"{runs.Average(run => run[fit].Loss):f4} / {runs.Average(run => run[fit].Seconds):f1}"));
            Console.WriteLine($"| {table.Name} | {string.Join(" | ", cells)} |");
        }
    }

    private static (double Loss, double Seconds)[] Measure(PlainTable table, int split, int threads)
    {
        var context = new MLContext(split);
        var data = new EncodedSplit(context, table.Split(split));
        long half = data.TrainingRows / 2;
        IDataView first = context.Data.TakeRows(data.Training, half), second = context.Data.SkipRows(data.Training, half);
        switch (data.Schema.Task)
        {
            case TableTask.Binary:
                DGatingBinaryTrainer binary = context.BinaryClassification.Trainers.DGating(
                    new DGatingBinaryTrainer.Options { NumberOfThreads = threads });
                return Compare(binary, fitted => fitted.Model);
            case TableTask.Multiclass:
                DGatingMulticlassTrainer multiclass = context.MulticlassClassification.Trainers.DGating(
                    new DGatingMulticlassTrainer.Options { NumberOfThreads = threads });
                return Compare(multiclass, fitted => fitted.Model);
            default:
                DGatingRegressionTrainer regression = context.Regression.Trainers.DGating(
                    new DGatingRegressionTrainer.Options { NumberOfThreads = threads });
                return Compare(regression, fitted => fitted.Model);
        }

        (double Loss, double Seconds)[] Compare<TTransformer, TModel>(
            DGatingTrainerBase<TTransformer, TModel> trainer, Func<TTransformer, TModel> modelOf)
            where TTransformer : class, ISingleFeaturePredictionTransformer<TModel>
            where TModel : class
        {
            TTransformer? previous = null;
            return
            [
                Timed(() => previous = trainer.Fit(first)),
                Timed(() => trainer.Fit(second, modelOf(previous!))),
                Timed(() => trainer.Fit(data.Training)),
                Timed(() => trainer.Fit(second)),
            ];
        }

        (double Loss, double Seconds) Timed(Func<ITransformer> fit)
        {
            var clock = Stopwatch.StartNew();
            ITransformer fitted = fit();
            double seconds = clock.Elapsed.TotalSeconds;
            return (ProperScore.Of(fitted.Transform(data.Test), data.Schema.Task).Loss, seconds);
        }
    }
}
