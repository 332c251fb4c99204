using MLNet.DGating.Tests.Shared;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Trees.Tests.Trainers;

/// <summary>Trainers that keep a few trees of a forest.</summary>
public sealed class DGatingTreesTests
{
    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string> Tasks => ["binary", "regression"];

    [Fact]
    public void OfSteps_FewTreesAreKept_ThatPredictAsWellAsAll()
    {
        IDataView rows = TreeRow.View(_context, 3000, seed: 1, noise: 0.8), test = TreeRow.View(_context, 2000, seed: 2, noise: 0.8);
        TreeSelection<RegressionPredictionTransformer<FastTreeRegressionModelParameters>> selection =
            _context.Regression.Trainers.DGatingTrees(TreesTask.Regression()).FitSelection(rows);
        FastTreeRegressionTrainer.Options forest = TreesTask.Regression().Forest;
        (forest.LabelColumnName, forest.NumberOfThreads) = ("Target", 1);
        double ofForest = Error(_context.Regression.Trainers.FastTree(forest).Fit(rows));
        Assert.InRange(selection.Trees.Count, 1, TreesTask.Trees / 3);
        Assert.InRange(Error(selection.Transformer), 0, 1.05 * ofForest);
        Assert.Equal(TreesTask.Trees, selection.ForestTreeCount);
        Assert.Equal(selection.Trees.Count, TreesTask.TreesOf(selection.Transformer).Count);

        double Error(ITransformer model) => _context.Regression.Evaluate(model.Transform(test), "Target").RootMeanSquaredError;
    }

    [Theory, MemberData(nameof(Tasks))]
    public void AGivenNumber_IsKept(string task)
    {
        ITransformer model = Fit(task, options => options.MaximumTreeCount = 4);
        Assert.Equal(4, TreesTask.TreesOf(model).Count);
    }

    [Theory, MemberData(nameof(Tasks))]
    public void Models_ComeBackFromAFile_WhereOnlyFastTreeIs(string task)
    {
        IDataView rows = TreeRow.View(_context, 500, seed: 1);
        ITransformer model = Fit(task, options => options.MaximumTreeCount = 3);
        string folder = Directory.CreateTempSubdirectory("trees").FullName;
        try
        {
            string path = Path.Combine(folder, "model.zip");
            _context.Model.Save(model, rows.Schema, path);
            Assert.Equal(Predictions.Bits(model.Transform(rows)), LoadProbe.Score(_context, path, rows, "BareLoadProbe"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory, MemberData(nameof(Tasks))]
    public void Models_AreExportedToOnnx(string task)
    {
        IDataView rows = TreeRow.View(_context, 300, seed: 1);
        ITransformer model = Fit(task, options => options.MaximumTreeCount = 3);
        string folder = Directory.CreateTempSubdirectory("trees").FullName;
        try
        {
            string path = Path.Combine(folder, "model.onnx");
            using (FileStream file = File.Create(path))
            {
                _context.Model.ConvertToOnnx(model, rows, file);
            }

            IDataView scored = _context.Transforms.ApplyOnnxModel(path).Fit(rows).Transform(rows);
            float[] expected = [.. model.Transform(rows).GetColumn<float>("Score")];
            float[] scores = [.. scored.GetColumn<VBuffer<float>>("Score").Select(score => score.GetItemOrDefault(0))];
            Assert.All(expected.Zip(scores), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void AProbability_IsTheLogisticOfTheScore()
    {
        IDataView scored = Fit("binary").Transform(TreeRow.View(_context, 200, seed: 5));
        float[] scores = [.. scored.GetColumn<float>("Score")], probabilities = [.. scored.GetColumn<float>("Probability")];
        Assert.All(scores.Zip(probabilities), pair => Assert.Equal(1 / (1 + MathF.Exp(-pair.First)), pair.Second, 1e-6f));
    }

    [Theory, MemberData(nameof(Tasks))]
    public void TheSameSeed_GivesTheSameBits_WithAnyNumberOfThreads(string task)
    {
        IDataView rows = TreeRow.View(_context, 300, seed: 1);
        byte[] first = Predictions.Bits(Fit(task).Transform(rows));
        Assert.Equal(first, Predictions.Bits(Fit(task, options => options.NumberOfThreads = 2).Transform(rows)));
        Assert.NotEqual(first, Predictions.Bits(Fit(task, options => options.Seed = 2).Transform(rows)));
    }

    [Theory, MemberData(nameof(Tasks))]
    public void WeightsOfRows_Count(string task)
    {
        IDataView rows = TreeRow.View(_context, 300, seed: 1);
        Assert.NotEqual(
            Predictions.Bits(Fit(task).Transform(rows)),
            Predictions.Bits(Fit(task, options => options.ExampleWeightColumnName = "Weight").Transform(rows)));
    }

    [Fact]
    public void WhereNothingPredicts_NoTreeIsKept_AndTheModelIsTheMean()
    {
        TreeRow[] rows = TreeRow.Rows(600, seed: 1);
        var random = new Random(3);
        foreach (TreeRow row in rows)
        {
            row.Target = random.NextSingle();
        }

        TreeSelection<RegressionPredictionTransformer<FastTreeRegressionModelParameters>> selection =
            _context.Regression.Trainers.DGatingTrees(TreesTask.Regression()).FitSelection(_context.Data.LoadFromEnumerable(rows));
        Assert.Empty(selection.Trees);
        Assert.Empty(selection.FeatureNames);
        float[] scores = [.. selection.Transformer.Transform(_context.Data.LoadFromEnumerable(rows)).GetColumn<float>("Score")];
        Assert.All(scores, score => Assert.Equal(rows.Average(row => row.Target), score, 1e-4f));
    }

    [Fact]
    public void OneAgainstAll_MakesItMulticlass()
    {
        IDataView rows = _context.Transforms.Conversion.MapValueToKey("Class").Fit(TreeRow.View(_context, 900, seed: 1))
            .Transform(TreeRow.View(_context, 900, seed: 1));
        DGatingTreesBinaryTrainer binary = _context.BinaryClassification.Trainers.DGatingTrees(
            TreesTask.Binary(options => { options.LabelColumnName = "Class"; options.MaximumTreeCount = 5; }));
        IDataView scored = _context.MulticlassClassification.Trainers.OneVersusAll(binary, "Class").Fit(rows).Transform(rows);
        Assert.InRange(_context.MulticlassClassification.Evaluate(scored, "Class").MicroAccuracy, 0.8, 1);
    }

    [Fact]
    public void CrossValidation_TakesIt()
    {
        IDataView rows = TreeRow.View(_context, 600, seed: 1);
        IEstimator<ITransformer> trainer = TreesTask.Get("regression").Trainer(_context, options => options.MaximumTreeCount = 5);
        Assert.All(
            _context.Regression.CrossValidate(rows, trainer, numberOfFolds: 2, labelColumnName: "Target"),
            fold => Assert.InRange(fold.Metrics.RSquared, 0.5, 1));
    }

    private ITransformer Fit(string task, Action<DGatingTreesOptions>? set = null) =>
        TreesTask.Get(task).Trainer(new MLContext(seed: 1), set ?? (_ => { })).Fit(TreeRow.View(_context, 600, seed: 1));
}
