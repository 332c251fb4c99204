using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Compares a model of half of the training rows, continued on the other half, with a model of all of them.</summary>
internal static class Continued
{
    private static readonly string[] s_fits =
        ["first half", "continued on the second", "continued, selection widened", "all rows", "second half alone"];

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
        Measure(TuningTables.All().Single(table => table.Name == "few"), split: 0, arguments);
        Console.WriteLine($"| table: log-loss or RMSE / seconds | {string.Join(" | ", s_fits)} |");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", s_fits.Length))}");
        foreach (PlainTable table in tables)
        {
            (double Loss, double Seconds)[][] runs =
                [.. Enumerable.Range(0, splits).Select(split => Measure(table, split, arguments))];
            IEnumerable<string> cells = Enumerable.Range(0, s_fits.Length).Select(fit => string.Create(CultureInfo.InvariantCulture,
                $"{runs.Average(run => run[fit].Loss):f4} / {runs.Average(run => run[fit].Seconds):f1}"));
            Console.WriteLine($"| {table.Name} | {string.Join(" | ", cells)} |");
        }
    }

    private static (double Loss, double Seconds)[] Measure(PlainTable table, int split, Arguments arguments)
    {
        var context = new MLContext(split);
        var data = new EncodedSplit(context, table.Split(split));
        long half = data.TrainingRows / 2;
        IDataView first = context.Data.TakeRows(data.Training, half), second = context.Data.SkipRows(data.Training, half);
        DGatingBinaryTrainer Binary(DGatingContinuation continuation) =>
            context.BinaryClassification.Trainers.DGating(Set(new DGatingBinaryTrainer.Options(), continuation));
        DGatingMulticlassTrainer Multiclass(DGatingContinuation continuation) =>
            context.MulticlassClassification.Trainers.DGating(Set(new DGatingMulticlassTrainer.Options(), continuation));
        DGatingRegressionTrainer Regression(DGatingContinuation continuation) =>
            context.Regression.Trainers.DGating(Set(new DGatingRegressionTrainer.Options(), continuation));
        return data.Schema.Task switch
        {
            TableTask.Binary => Compare(Binary, fitted => fitted.Model),
            TableTask.Multiclass => Compare(Multiclass, fitted => fitted.Model),
            _ => Compare(Regression, fitted => fitted.Model),
        };

        TOptions Set<TOptions>(TOptions options, DGatingContinuation continuation)
            where TOptions : DGatingTrainerOptions
        {
            options.NumberOfThreads = arguments.Threads;
            options.MaximumFeatureCount = arguments.Integer("count", 0) is > 0 and var count ? count : null;
            options.Continuation = continuation;
            return options;
        }

        (double Loss, double Seconds)[] Compare<TTransformer, TModel>(
            Func<DGatingContinuation, DGatingTrainerBase<TTransformer, TModel>> create, Func<TTransformer, TModel> modelOf)
            where TTransformer : class, ISingleFeaturePredictionTransformer<TModel>
            where TModel : class
        {
            DGatingTrainerBase<TTransformer, TModel> trainer = create(DGatingContinuation.KeepSelection);
            DGatingTrainerBase<TTransformer, TModel> widening = create(DGatingContinuation.WidenSelection);
            TTransformer? previous = null;
            return
            [
                Timed(() => previous = trainer.Fit(first)),
                Timed(() => trainer.Fit(second, modelOf(previous!))),
                // Models of numbers have embeddings, whose selection cannot be widened.
                data.Schema.Task == TableTask.Regression ? (double.NaN, double.NaN) : Timed(() => widening.Fit(second, modelOf(previous!))),
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
