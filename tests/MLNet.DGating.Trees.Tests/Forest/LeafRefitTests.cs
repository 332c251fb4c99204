using CsCheck;
using MLNet.DGating.Trees.Forest;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Trees.Tests.Forest;

/// <summary>The values of leaves, estimated again: theory §33.</summary>
public class LeafRefitTests
{
    private static readonly MLContext s_context = new(seed: 1);

    [Fact]
    public void NoSweep_IncreasesTheObjective() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Double[0.1, 100], Gen.Bool).Sample((seed, prior, isSquared) =>
        {
            (KeptTrees kept, RoleMappedData rows) = Grown(seed, trees: 4, isSquared);
            IReadOnlyList<double> objective = LeafRefit.Run(
                kept, new LabelledRows(rows), isSquared ? LeafLoss.Squared : LeafLoss.Logistic, prior);
            Assert.All(objective.Zip(objective.Skip(1)), pair => Assert.True(pair.Second <= pair.First * (1 + 1e-12)));
            Assert.True(objective[^1] < objective[0]);
        }, iter: 20, threads: 1);

    [Fact]
    public void OfOneTree_ALeafIsTheMeanOfItsRows_DrawnTowardsItsValue()
    {
        const double Prior = 30;
        (KeptTrees kept, RoleMappedData rows) = Grown(seed: 3, trees: 1, isSquared: true);
        double[] before = [.. kept.Trees[0].Values];
        LeafRefit.Run(kept, new LabelledRows(rows), LeafLoss.Squared, Prior);
        (double[] labels, _, int[][] leaves) = new LabelledRows(rows).Leaves(kept.Trees);
        for (int leaf = 0; leaf < before.Length; leaf++)
        {
            double[] own = [.. labels.Where((_, row) => leaves[0][row] == leaf)];
            double expected = (own.Sum(label => label - kept.Intercept) + Prior * before[leaf]) / (own.Length + Prior);
            Assert.Equal(expected, kept.Trees[0].Values[leaf], 1e-3);
        }
    }

    [Fact]
    public void WithAStrongPrior_ValuesStay_AndTheInterceptCentresTheErrors()
    {
        (KeptTrees kept, RoleMappedData rows) = Grown(seed: 4, trees: 3, isSquared: true);
        double[][] before = [.. kept.Trees.Select(tree => tree.Values.ToArray())];
        LeafRefit.Run(kept, new LabelledRows(rows), LeafLoss.Squared, prior: 1e12);
        Assert.All(before.Zip(kept.Trees), pair => Assert.All(
            pair.First.Zip(pair.Second.Values), values => Assert.Equal(values.First, values.Second, 1e-6)));
        (double[] labels, _, int[][] leaves) = new LabelledRows(rows).Leaves(kept.Trees);
        double error = labels.Select((label, row) => label - kept.Intercept
            - kept.Trees.Select((tree, i) => tree.Values[leaves[i][row]]).Sum()).Average();
        Assert.Equal(0, error, 1e-6);
    }

    [Fact]
    public void WhereAllWeightsAreZero_NothingChanges()
    {
        (KeptTrees kept, RoleMappedData rows) = Grown(seed: 5, trees: 2, isSquared: true, weight: 0);
        double[] before = [.. kept.Trees[0].Values];
        Assert.Empty(LeafRefit.Run(kept, new LabelledRows(rows), LeafLoss.Squared, prior: 10));
        Assert.Equal(before, kept.Trees[0].Values);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Gradients_AreTheSlopesOfTheLoss_AndTheBoundHolds(bool isSquared) =>
        Gen.Select(Gen.Double[-8, 8], Gen.Int[0, 1]).Sample((score, label) =>
        {
            const double Step = 1e-4;
            LeafLoss loss = isSquared ? LeafLoss.Squared : LeafLoss.Logistic;
            double slope = (loss.Loss(label, score + Step) - loss.Loss(label, score - Step)) / (2 * Step);
            Assert.Equal(slope, loss.Gradient(label, score), 1e-6);
            double bend = (loss.Gradient(label, score + Step) - loss.Gradient(label, score - Step)) / (2 * Step);
            Assert.InRange(bend, 0, loss.Curvature + 1e-6);
        });

    private static (KeptTrees Kept, RoleMappedData Rows) Grown(int seed, int trees, bool isSquared, float weight = 1)
    {
        TreeRow[] rows = TreeRow.Rows(300, seed);
        foreach (TreeRow row in rows)
        {
            row.Weight = weight;
        }

        IDataView data = s_context.Data.LoadFromEnumerable(rows);
        var options = new FastTreeRegressionTrainer.Options
        {
            LabelColumnName = "Target", NumberOfTrees = trees, NumberOfLeaves = 6, NumberOfThreads = 1,
        };
        InternalTreeEnsemble forest = s_context.Regression.Trainers.FastTree(options).Fit(data).Model.TrainedEnsemble;
        KeptTree[] kept = [.. Enumerable.Range(0, forest.NumTrees).Select(i => new KeptTree(forest.GetTreeAt(i), i, 1))];
        string label = isSquared ? "Target" : "Flag";
        return (new KeptTrees(kept, intercept: 0), new RoleMappedData(data, label, "Features", weight: "Weight"));
    }
}
