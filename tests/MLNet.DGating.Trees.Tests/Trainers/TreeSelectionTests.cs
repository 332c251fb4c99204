using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Trees.Tests.Trainers;

/// <summary>What a selection of trees tells, and models of other numbers of trees.</summary>
public class TreeSelectionTests
{
    private static readonly MLContext s_context = new(seed: 1);

    private static readonly Lazy<TreeSelection<RegressionPredictionTransformer<FastTreeRegressionModelParameters>>> s_selection = new(() =>
        s_context.Regression.Trainers.DGatingTrees(TreesTask.Regression()).FitSelection(TreeRow.View(s_context, 800, seed: 1)));

    [Theory, InlineData(1), InlineData(3), InlineData(10)]
    public void At_HasSoManyTrees(int count)
    {
        RegressionPredictionTransformer<FastTreeRegressionModelParameters> model = s_selection.Value.At(count);
        Assert.Equal(count, TreesTask.TreesOf(model).Count);
        Assert.Equal(count, s_selection.Value.TreesAt(count).Count);
        Assert.Same(model.Model, s_selection.Value.At(count).Model);
    }

    [Fact]
    public void At_MoreThanThereAre_HasAll() => Assert.InRange(s_selection.Value.TreesAt(1000).Count, 30, TreesTask.Trees);

    [Fact]
    public void At_None_IsAConstant()
    {
        Assert.Empty(s_selection.Value.TreesAt(0));
        Assert.Single(s_selection.Value.At(0).Transform(TreeRow.View(s_context, 50, seed: 2)).GetColumn<float>("Score").Distinct());
    }

    [Fact]
    public void At_ANegativeNumber_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => s_selection.Value.At(-1));

    [Fact]
    public void Features_AreThoseOfTheSplits()
    {
        IReadOnlyList<string> ofTrees = [.. s_selection.Value.Trees.SelectMany(tree => tree.FeatureNames).Distinct().Order()];
        Assert.Equal(ofTrees, s_selection.Value.FeatureNames.Order());
        Assert.Subset(s_selection.Value.ForestFeatureNames.ToHashSet(), s_selection.Value.FeatureNames.ToHashSet());
        IEnumerable<int> slots = TreesTask.TreesOf(s_selection.Value.Transformer)
            .SelectMany(tree => tree.NumericalSplitFeatureIndexes).Distinct().Order();
        Assert.Equal(slots.Select(slot => $"Slot {slot}"), s_selection.Value.FeatureNames);
    }

    [Fact]
    public void Text_ListsTheTrees()
    {
        string[] lines = s_selection.Value.ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal($"{s_selection.Value.Trees.Count} of 60 trees selected.", lines[0]);
        Assert.Equal(2 + s_selection.Value.Trees.Count, lines.Length);
        Assert.All(lines[2..], line => Assert.Matches(@"^  Tree +\d+: weight [\d.e+-]+, \d+ leaves, Slot \d", line));
    }

    [Fact]
    public void ThePath_GoesFromAllTreesToNone()
    {
        Assert.Equal(0, s_selection.Value.Path.Points[^1].FeatureCount);
        Assert.Equal(s_selection.Value.Trees.Count, s_selection.Value.Path.SparsestFeatureCount);
    }
}
