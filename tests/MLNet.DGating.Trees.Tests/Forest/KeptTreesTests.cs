using CsCheck;
using MLNet.DGating.Model;
using MLNet.DGating.Trees.Forest;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Trees.Tests.Forest;

/// <summary>Trees that are kept say the same as a linear model of their outputs, and as the ensemble that is made of them.</summary>
public class KeptTreesTests
{
    private static readonly MLContext s_context = new(seed: 1);

    [Fact]
    public void TheEnsemble_GivesTheSumOfWeightedOutputsAndTheIntercept() =>
        Gen.Select(Gen.Double[-2, 2].Array[5], Gen.Double[-3, 3], Gen.Int[0, 100]).Sample((weights, bias, seed) =>
        {
            InternalTreeEnsemble forest = Forest(isCategorical: seed % 2 == 0);
            var kept = new KeptTrees([.. weights.Select((weight, i) => new KeptTree(forest.GetTreeAt(i), i, weight))], bias);
            InternalTreeEnsemble ensemble = kept.ToEnsemble();
            foreach (TreeRow row in TreeRow.Rows(20, seed))
            {
                row.Values[seed % TreeRow.Features] = seed % 3 == 0 ? float.NaN : row.Values[0];
                var features = new VBuffer<float>(TreeRow.Features, row.Values);
                double expected = bias + weights.Select((weight, i) => weight * forest.GetTreeAt(i).GetOutput(in features)).Sum();
                Assert.Equal(expected, kept.Score(in features), 1e-9);
                Assert.Equal(expected, ensemble.GetOutput(in features), 1e-9);
            }
        }, iter: 50, threads: 1);

    [Fact]
    public void WithoutTrees_TheEnsembleIsTheIntercept()
    {
        var row = new VBuffer<float>(TreeRow.Features, new float[TreeRow.Features]);
        Assert.Equal(0.75, new KeptTrees([], 0.75).ToEnsemble().GetOutput(in row));
    }

    [Fact]
    public void TheForest_IsNotChanged()
    {
        InternalTreeEnsemble forest = Forest(isCategorical: false);
        double[] before = [.. forest.GetTreeAt(0).LeafValues];
        var kept = new KeptTree(forest.GetTreeAt(0), 0, weight: 2);
        kept.Values[0] = 99;
        Assert.Equal(99 + 1, kept.ToTree(shift: 1).LeafValues[0]);
        Assert.Equal(before, forest.GetTreeAt(0).LeafValues);
    }

    [Fact]
    public void Weights_AreThoseOfTheNetworkWithoutItsStandardization() =>
        Gen.Select(Gen.Float[-3, 3].Array[3], Gen.Float[-3, 3].Array[3], Gen.Float[0.1f, 5].Array[3], Gen.Float[-3, 3].Array[4])
            .Sample((weights, offsets, scales, row) =>
            {
                var encoding = InputEncoding.Standardization(offsets, scales, float.PositiveInfinity);
                var network = new CollapsedNetwork(
                    new SelectedInputs(4, [0, 1, 3], encoding), [], DGatingActivation.Relu, new DenseLayer(3, 1, weights, [0.5f]));
                float[] score = new float[1];
                network.Score(row, score, network.CreateScratch());
                var read = TreeWeights.Of(network);
                Assert.Equal([0, 1, 3], read.Trees);
                double sum = read.Bias + read.Trees.Zip(read.Weights, (tree, weight) => row[tree] * weight).Sum();
                Assert.Equal(score[0], sum, 1e-3);
            });

    private static InternalTreeEnsemble Forest(bool isCategorical)
    {
        var options = new FastTreeRegressionTrainer.Options
        {
            LabelColumnName = "Target", NumberOfTrees = 5, NumberOfLeaves = 7, NumberOfThreads = 1, CategoricalSplit = isCategorical,
        };
        return s_context.Regression.Trainers.FastTree(options).Fit(TreeRow.View(s_context, 400, seed: 9)).Model.TrainedEnsemble;
    }
}
