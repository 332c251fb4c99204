using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>A search beside the options as given: accuracy or R² on test rows that neither has seen, features kept, seconds.</summary>
internal static class Search
{
    public static void Run(Arguments arguments)
    {
        int trials = arguments.Whole("trials", DGatingDefaults.NumberOfTrials), firstSeed = arguments.Whole("first", 0), seeds = arguments.Whole("seeds", 1);
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
        int threads = arguments.Whole("threads", Environment.ProcessorCount);
        string examples = arguments.Text("examples", "examples/data");
        switch (set)
        {
            case "adult":
                (IDataView training, IDataView test) = ExampleData.Adult(context, examples);
                Report(set, seed, training, test, context.BinaryClassification.Trainers.DGating(new DGatingBinaryTrainer.Options { NumberOfThreads = threads }), trials,
                    scored => context.BinaryClassification.Evaluate(scored).Accuracy, model => model.Model.FeatureSelection);
                break;
            case "taxi":
                (training, test) = ExampleData.Taxi(context, examples);
                Report(set, seed, training, test, context.Regression.Trainers.DGating(new DGatingRegressionTrainer.Options { NumberOfThreads = threads }), trials,
                    scored => context.Regression.Evaluate(scored).RSquared, model => model.Model.FeatureSelection);
                break;
            default:
                var data = new SplitData(context, arguments.Text("data", "../shared/data"), set);
                if (data.Classes == 2)
                {
                    Report(set, seed, data.Training, data.Test, context.BinaryClassification.Trainers.DGating(new DGatingBinaryTrainer.Options { LabelColumnName = "Positive", NumberOfThreads = threads }),
                        trials, scored => context.BinaryClassification.Evaluate(scored, "Positive").Accuracy, model => model.Model.FeatureSelection);
                }
                else
                {
                    Report(set, seed, data.Training, data.Test, context.MulticlassClassification.Trainers.DGating(new DGatingMulticlassTrainer.Options { NumberOfThreads = threads }),
                        trials, scored => context.MulticlassClassification.Evaluate(scored).MicroAccuracy, model => model.Model.FeatureSelection);
                }

                break;
        }
    }

    private static void Report<TTransformer, TModel>(
        string set, int seed, IDataView training, IDataView test, DGatingTrainerBase<TTransformer, TModel> trainer, int trials,
        Func<IDataView, double> quality, Func<TTransformer, FeatureSelectionReport> selection)
        where TTransformer : ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        var clock = Stopwatch.StartNew();
        TTransformer given = trainer.Fit(training);
        double secondsOfFit = clock.Elapsed.TotalSeconds;
        clock.Restart();
        DGatingSearchResult<TTransformer> search = trainer.FitBest(training, trials);
        Console.WriteLine($"{set}, seed {seed}, {trials} trials: as given {quality(given.Transform(test)):f4} with {Count(given)} features in {secondsOfFit:f1} s, " +
            $"searched {quality(search.Transformer.Transform(test)):f4} with {Count(search.Transformer)} in {clock.Elapsed.TotalSeconds:f1} s\n{search}");

        int Count(TTransformer model) => selection(model).Features.Count(feature => feature.IsSelected);
    }
}
