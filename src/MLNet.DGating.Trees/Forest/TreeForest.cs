using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Trees.Forest;

/// <summary>Holds a forest that FastTree has grown.</summary>
/// <param name="host">Makes transforms.</param>
/// <param name="model">The forest.</param>
/// <param name="featureColumn">The column that it reads.</param>
internal sealed class TreeForest(IHost host, TreeEnsembleModelParameters model, string featureColumn)
{
    public int Count => model.TrainedEnsemble.NumTrees;

    /// <summary>The number of leaves of each tree.</summary>
    public int[] LeafCounts => [.. model.TrainedEnsemble.Trees.Select(tree => tree.NumLeaves)];

    /// <summary>Gives all slots that splits of the forest read.</summary>
    public int[] Slots() => [.. Enumerable.Range(0, Count)
        .SelectMany(i => new KeptTree(model.TrainedEnsemble.GetTreeAt(i), i, 1).Slots()).Distinct().Order()];

    /// <summary>Adds a column with the output of every tree.</summary>
    public IDataView WithOutputs(IDataView rows, out string column)
    {
        column = rows.Schema.GetTempColumnName("Trees");
        var options = new PretrainedTreeFeaturizationEstimator.Options
        {
            ModelParameters = model,
            InputColumnName = featureColumn,
            TreesColumnName = column,
        };
        return new PretrainedTreeFeaturizationEstimator(host, options).Fit(rows).Transform(rows);
    }

    /// <summary>Gives the trees that have a weight, each leaf's value multiplied by it.</summary>
    public KeptTrees Keep(TreeWeights weights) => new(
        [.. weights.Trees.Zip(weights.Weights, (tree, weight) => new KeptTree(model.TrainedEnsemble.GetTreeAt(tree), tree, weight))],
        weights.Bias);
}
