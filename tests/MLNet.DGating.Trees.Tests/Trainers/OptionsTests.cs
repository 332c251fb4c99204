using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Trees.Tests.Trainers;

/// <summary>Options of trainers of gated trees, and what is refused.</summary>
public class OptionsTests
{
    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string, Action<DGatingTreesOptions>> Wrong => new()
    {
        { "MaximumTreeCount must be at least 1, but was 0.", options => options.MaximumTreeCount = 0 },
        { "GateDepth must be at least 2 and finite, but was 1.5.", options => options.GateDepth = 1.5 },
        { "GateDepth must be at least 2 and finite, but was NaN.", options => options.GateDepth = double.NaN },
        { "SelectionFraction must be above 0 and below 1, but was 1.", options => options.SelectionFraction = 1 },
        { "LeafPrior must be above 0, but was 0.", options => options.LeafPrior = 0 },
        { "NumberOfThreads must be at least 1, but was 0.", options => options.NumberOfThreads = 0 },
        { "SamplingKeyColumnName must be null or the name of a column, but was empty.", options => options.SamplingKeyColumnName = "" },
        { "LabelColumnName must be the name of a column, but was empty.", options => options.LabelColumnName = "" },
        { "FeatureColumnName must be the name of a column, but was empty.", options => options.FeatureColumnName = "" },
        {
            "Forest.NumberOfTrees must be at least 1, but was 0.",
            options => ((DGatingTreesBinaryTrainer.Options)options).Forest.NumberOfTrees = 0
        },
        {
            "Forest must be options of FastTree, but was null.",
            options => ((DGatingTreesBinaryTrainer.Options)options).Forest = null!
        },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void AWrongOption_IsRefused_WithRuleAndValue(string message, Action<DGatingTreesOptions> set)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(
            () => _context.BinaryClassification.Trainers.DGatingTrees(TreesTask.Binary(set)));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_AreTheDocumentedOnes()
    {
        var options = new DGatingTreesRegressionTrainer.Options();
        Assert.Equal((500, 0.1), (options.Forest.NumberOfTrees, options.Forest.LearningRate));
        Assert.Equal((0.25, 50.0, DGatingDefaults.GateDepth), (options.SelectionFraction, options.LeafPrior, options.GateDepth));
        Assert.Null(options.MaximumTreeCount);
    }

    [Fact]
    public void Options_ThatChangeAfterwards_HaveNoEffect()
    {
        DGatingTreesRegressionTrainer.Options options = TreesTask.Regression(one => one.MaximumTreeCount = 2);
        DGatingTreesRegressionTrainer trainer = _context.Regression.Trainers.DGatingTrees(options);
        (options.MaximumTreeCount, options.Forest.NumberOfTrees) = (5, 7);
        TreeSelection<RegressionPredictionTransformer<FastTreeRegressionModelParameters>> selection =
            trainer.FitSelection(TreeRow.View(_context, 300, seed: 1));
        Assert.Equal((2, TreesTask.Trees), (selection.Trees.Count, selection.ForestTreeCount));
        Assert.Equal("Label", new DGatingTreesRegressionTrainer.Options().Forest.LabelColumnName);
    }

    [Fact]
    public void ShortForms_SetTheirOptions()
    {
        IDataView rows = TreeRow.View(_context, 300, seed: 1);
        Assert.Equal(2, TreesTask.TreesOf(_context.Regression.Trainers.DGatingTrees(
            "Target", maximumTreeCount: 2, numberOfTrees: 20).Fit(rows)).Count);
        Assert.Equal(3, TreesTask.TreesOf(_context.BinaryClassification.Trainers.DGatingTrees(
            "Flag", exampleWeightColumnName: "Weight", maximumTreeCount: 3, numberOfTrees: 20).Fit(rows)).Count);
    }

    [Fact]
    public void SamplingKeys_KeepRowsOfOneKeyTogether()
    {
        // Rows that repeat 20 times: without keys, trees that remember them look good.
        TreeRow[] rows = [.. TreeRow.Rows(40, seed: 1, noise: 3).SelectMany(row => Enumerable.Repeat(row, 20))];
        IDataView data = _context.Data.LoadFromEnumerable(rows);
        double kept = BestMetric(options => options.SamplingKeyColumnName = "Target"), free = BestMetric(_ => { });
        Assert.True(kept < free - 0.2, $"R² is {kept} with keys, and {free} without.");

        double BestMetric(Action<DGatingTreesOptions> set) => _context.Regression.Trainers.DGatingTrees(TreesTask.Regression(set))
            .FitSelection(data).Path.Candidates.Max(candidate => candidate.Metric);
    }

    [Fact]
    public void AColumnThatIsMissingOrOfAnotherType_IsRefusedInMLNetsWords()
    {
        IDataView rows = TreeRow.View(_context, 50, seed: 1);
        Assert.Contains("Could not find label column 'Nothing'", Message(rows, "Nothing"), StringComparison.Ordinal);
        Assert.Contains("Schema mismatch for label column 'Target': expected Boolean", Message(rows, "Target"), StringComparison.Ordinal);
    }

    [Fact]
    public void ACancelledFit_EndsWithAnException()
    {
        DGatingTreesRegressionTrainer trainer = _context.Regression.Trainers.DGatingTrees(
            TreesTask.Regression(options => options.CancellationToken = new CancellationToken(canceled: true)));
        Assert.ThrowsAny<OperationCanceledException>(() => trainer.Fit(TreeRow.View(_context, 300, seed: 1)));
    }

    private string Message(IDataView rows, string label) => Assert.ThrowsAny<Exception>(() => _context.BinaryClassification.Trainers
        .DGatingTrees(TreesTask.Binary(options => options.LabelColumnName = label)).Fit(rows)).Message;
}
