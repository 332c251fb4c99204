using System.Diagnostics;
using MLNet.DGating.Trees;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Benchmarks;

/// <summary>Measures how many trees of a forest are enough, beside the whole forest and a forest of as many trees.</summary>
internal static class GatedTrees
{
    private const double LengthOfFew = 3;

    private static readonly int[] s_counts = [3, 5, 10, 20];

    public static void Run(Arguments arguments)
    {
        string[] only = arguments.Text("only", "adult,california,wine,wine-distinct").Split(',');
        string data = arguments.Text("data", "../shared/data");
        PlainTable[] tables =
        [
            .. CsvTable.All(data), .. TuningTables.All(), .. HeldOutTables.All(),
            .. arguments.Values.TryGetValue("wine", out string? folder)
                ? [CsvTable.Wine(folder), CsvTable.DistinctWine(folder)]
                : Array.Empty<PlainTable>(),
        ];
        Console.WriteLine("| table | trees | loss | accuracy | trees kept | features | seconds |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|--:|");
        foreach (PlainTable table in tables.Where(table => only.Contains(table.Name)))
        {
            Measured[] all =
            [
                .. Enumerable.Range(arguments.Integer("first", 0), arguments.Integer("splits", 4)).SelectMany(split =>
                    Measure(new EncodedSplit(new MLContext(0), table.Split(split)), arguments)),
            ];
            foreach (IGrouping<string, Measured> method in all.GroupBy(one => one.Method))
            {
                Measured[] runs = [.. method];
                double[] losses = Array.ConvertAll(runs, run => run.Score.Loss);
                Console.WriteLine(
                    $"| {table.Name} | {method.Key} | {losses.Average():f4} ± {TableResult.StandardError(losses):f4} " +
                    $"| {runs.Average(run => run.Score.Accuracy):f4} | {runs.Average(run => run.Trees):f1} " +
                    $"| {runs.Average(run => run.Features):f1} | {runs.Average(run => run.Seconds):f1} |");
            }
        }
    }

    private static IEnumerable<Measured> Measure(EncodedSplit split, Arguments arguments) =>
        split.Schema.Task == TableTask.Binary
            ? Binary(split, arguments)
            : Regression(split, arguments);

    private static IEnumerable<Measured> Binary(EncodedSplit split, Arguments arguments)
    {
        var context = new MLContext(1);
        DGatingTreesBinaryTrainer.Options options = Set(new DGatingTreesBinaryTrainer.Options(), arguments);
        SetForest(options.Forest, arguments);
        foreach ((string name, int trees) in Forests(arguments))
        {
            var forest = new FastTreeBinaryTrainer.Options();
            SetForest(forest, arguments);
            Shorten(forest, trees);
            yield return Measured.Of(name, split, () => context.BinaryClassification.Trainers.FastTree(forest).Fit(split.Training),
                model => model.Model.SubModel);
        }

        var clock = Stopwatch.StartNew();
        TreeSelection<BinaryPredictionTransformer<Microsoft.ML.Calibrators.CalibratedModelParametersBase<
            FastTreeBinaryModelParameters, Microsoft.ML.Calibrators.PlattCalibrator>>> selection =
            context.BinaryClassification.Trainers.DGatingTrees(options).FitSelection(split.Training);
        double seconds = clock.Elapsed.TotalSeconds;
        yield return Measured.Of("gated, chosen", split, () => selection.Transformer, model => model.Model.SubModel) with
        {
            Seconds = seconds,
        };
        foreach (int count in s_counts)
        {
            yield return Measured.Of($"gated, {count}", split, () => selection.At(count), model => model.Model.SubModel) with
            {
                Seconds = seconds,
            };
        }
    }

    private static IEnumerable<Measured> Regression(EncodedSplit split, Arguments arguments)
    {
        var context = new MLContext(1);
        DGatingTreesRegressionTrainer.Options options = Set(new DGatingTreesRegressionTrainer.Options(), arguments);
        SetForest(options.Forest, arguments);
        foreach ((string name, int trees) in Forests(arguments))
        {
            var forest = new FastTreeRegressionTrainer.Options();
            SetForest(forest, arguments);
            Shorten(forest, trees);
            yield return Measured.Of(
                name, split, () => context.Regression.Trainers.FastTree(forest).Fit(split.Training), model => model.Model);
        }

        var clock = Stopwatch.StartNew();
        TreeSelection<RegressionPredictionTransformer<FastTreeRegressionModelParameters>> selection =
            context.Regression.Trainers.DGatingTrees(options).FitSelection(split.Training);
        double seconds = clock.Elapsed.TotalSeconds;
        yield return Measured.Of("gated, chosen", split, () => selection.Transformer, model => model.Model) with { Seconds = seconds };
        foreach (int count in s_counts)
        {
            yield return Measured.Of($"gated, {count}", split, () => selection.At(count), model => model.Model) with { Seconds = seconds };
        }
    }

    // So few trees need longer steps to come to the label.
    private static void Shorten(BoostedTreeOptions forest, int trees)
    {
        forest.NumberOfTrees = trees;
        forest.LearningRate = Math.Max(forest.LearningRate, Math.Min(1, LengthOfFew / trees));
    }

    private static IEnumerable<(string Name, int Trees)> Forests(Arguments arguments)
    {
        int whole = arguments.Integer("trees", DGatingTreesOptions.DefaultNumberOfTrees);
        return [("FastTree, all", whole), ("FastTree, 100", 100), .. s_counts.Select(count => ($"FastTree, {count}", count))];
    }

    private static TOptions Set<TOptions>(TOptions options, Arguments arguments)
        where TOptions : DGatingTreesOptions
    {
        options.NumberOfThreads = arguments.Threads;
        options.FeatureColumnName = EncodedSplit.FeaturesWithMissing;
        options.SelectionFraction = arguments.Number("fraction") ?? options.SelectionFraction;
        options.LeafPrior = arguments.Number("prior") ?? options.LeafPrior;
        return options;
    }

    private static void SetForest(BoostedTreeOptions forest, Arguments arguments)
    {
        forest.FeatureColumnName = EncodedSplit.FeaturesWithMissing;
        forest.NumberOfThreads = arguments.Threads;
        forest.NumberOfTrees = arguments.Integer("trees", DGatingTreesOptions.DefaultNumberOfTrees);
        forest.NumberOfLeaves = arguments.Integer("leaves", forest.NumberOfLeaves);
        forest.LearningRate = arguments.Number("rate") ?? DGatingTreesOptions.DefaultLearningRate;
    }

    private sealed record Measured(string Method, ProperScore Score, int Trees, int Features, double Seconds)
    {
        public static Measured Of<TModel>(
            string method, EncodedSplit split, Func<TModel> fit, Func<TModel, TreeEnsembleModelParametersBasedOnRegressionTree> forest)
            where TModel : ITransformer
        {
            var clock = Stopwatch.StartNew();
            TModel model = fit();
            double seconds = clock.Elapsed.TotalSeconds;
            RegressionTreeBase[] trees = [.. forest(model).TrainedTreeEnsemble.Trees];
            var score = ProperScore.Of(model.Transform(split.Test), split.Schema.Task);
            return new Measured(method, score, trees.Length, Used(trees, split), seconds);
        }

        // A slot of a category is called CATEGORY.VALUE.
        private static int Used(RegressionTreeBase[] trees, EncodedSplit split)
        {
            VBuffer<ReadOnlyMemory<char>> names = default;
            split.Training.Schema[EncodedSplit.FeaturesWithMissing].GetSlotNames(ref names);
            string[] columns = [.. names.DenseValues().Select(name => name.ToString().Split('.')[0])];
            return trees.SelectMany(tree => tree.NumericalSplitFeatureIndexes).Select(slot => columns[slot]).Distinct().Count();
        }
    }
}
