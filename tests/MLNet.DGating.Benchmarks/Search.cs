using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Compares a search with the options as given, by accuracy or R² on test rows, features kept, and time.</summary>
internal static class Search
{
    public static void Run(Arguments arguments)
    {
        int trials = arguments.Integer("trials", DGatingDefaults.NumberOfTrials);
        int firstSeed = arguments.Integer("first", 0), seeds = arguments.Integer("seeds", 1);
        foreach (string set in arguments.Text("sets", "mice;isolet;madelon;adult;taxi").Split(';'))
        {
            for (int seed = firstSeed; seed < firstSeed + seeds; seed++)
            {
                Compare(set, new MLContext(seed), arguments, trials, seed);
            }
        }
    }

    private static void Compare(string set, MLContext context, Arguments arguments, int trials, int seed)
    {
        int threads = arguments.Integer("threads", Environment.ProcessorCount);
        string examples = arguments.Text("examples", "examples/data");
        string name = $"{set}, seed {seed}, {trials} trials";
        switch (set)
        {
            case "adult":
                Binary(ExampleData.Adult(context, examples), "Label");
                break;
            case "taxi":
                var options = new DGatingRegressionTrainer.Options { NumberOfThreads = threads };
                Report(
                    name, ExampleData.Taxi(context, examples), context.Regression.Trainers.DGating(options), trials,
                    scored => context.Regression.Evaluate(scored).RSquared, model => model.Model.FeatureSelection);
                break;
            default:
                var data = new SplitData(context, arguments.Text("data", "../shared/data"), set);
                if (data.Classes == 2)
                {
                    Binary((data.Training, data.Test), "Positive");
                }
                else
                {
                    Multiclass((data.Training, data.Test));
                }

                break;
        }

        void Binary((IDataView Training, IDataView Test) rows, string label)
        {
            var options = new DGatingBinaryTrainer.Options { LabelColumnName = label, NumberOfThreads = threads };
            Report(
                name, rows, context.BinaryClassification.Trainers.DGating(options), trials,
                scored => context.BinaryClassification.Evaluate(scored, label).Accuracy, model => model.Model.FeatureSelection);
        }

        void Multiclass((IDataView Training, IDataView Test) rows)
        {
            var options = new DGatingMulticlassTrainer.Options { NumberOfThreads = threads };
            Report(
                name, rows, context.MulticlassClassification.Trainers.DGating(options), trials,
                scored => context.MulticlassClassification.Evaluate(scored).MicroAccuracy, model => model.Model.FeatureSelection);
        }
    }

    private static void Report<TTransformer, TModel>(
        string name, (IDataView Training, IDataView Test) rows, DGatingTrainerBase<TTransformer, TModel> trainer, int trials,
        Func<IDataView, double> quality, Func<TTransformer, FeatureSelectionReport> selection)
        where TTransformer : ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        var clock = Stopwatch.StartNew();
        TTransformer given = trainer.Fit(rows.Training);
        double secondsOfFit = clock.Elapsed.TotalSeconds;
        clock.Restart();
        DGatingSearchResult<TTransformer> search = trainer.FitBest(rows.Training, trials);
        double secondsOfSearch = clock.Elapsed.TotalSeconds;
        Console.WriteLine(
            $"{name}: as given {Quality(given):f4} with {Count(given)} features in {secondsOfFit:f1} s, " +
            $"searched {Quality(search.Transformer):f4} with {Count(search.Transformer)} in {secondsOfSearch:f1} s\n{search}");

        double Quality(TTransformer model) => quality(model.Transform(rows.Test));

        int Count(TTransformer model) => selection(model).Features.Count(feature => feature.IsSelected);
    }
}
