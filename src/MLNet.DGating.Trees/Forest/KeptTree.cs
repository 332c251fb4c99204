using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Trees.Forest;

/// <summary>Holds a tree that is kept, with values of its leaves that may change.</summary>
internal sealed class KeptTree
{
    private readonly InternalRegressionTree _tree;

    /// <param name="tree">The tree of the forest, which is not changed.</param>
    /// <param name="index">Its number in the forest.</param>
    /// <param name="weight">Its weight.</param>
    public KeptTree(InternalRegressionTree tree, int index, double weight)
    {
        _tree = tree;
        Index = index;
        Weight = weight;
        Values = [.. tree.LeafValues.Take(tree.NumLeaves).Select(value => weight * value)];
    }

    public int Index { get; }

    public double Weight { get; }

    /// <summary>The value of each leaf.</summary>
    public double[] Values { get; }

    /// <summary>The slots that the tree's splits read, ascending.</summary>
    public int[] Slots() => [.. Enumerable.Range(0, _tree.NumNodes)
        .SelectMany(node => _tree.CategoricalSplit[node] ? _tree.CategoricalSplitFeatures[node] : [_tree.SplitFeatures[node]])
        .Distinct().Order()];

    public int LeafOf(in VBuffer<float> features) => _tree.GetLeaf(in features);

    /// <summary>Makes a tree of the same splits with the values of the leaves.</summary>
    /// <param name="shift">What is added to every leaf.</param>
    public InternalRegressionTree ToTree(double shift)
    {
        int nodes = _tree.NumNodes;
        return InternalRegressionTree.Create(
            _tree.NumLeaves, _tree.SplitFeatures[..nodes], _tree.SplitGains[..nodes], _tree.RawThresholds[..nodes],
            _tree.DefaultValueForMissing?[..nodes] ?? new float[nodes], _tree.LteChild[..nodes], _tree.GtChild[..nodes],
            [.. Values.Select(value => value + shift)], _tree.CategoricalSplitFeatures?[..nodes] ?? new int[nodes][],
            _tree.CategoricalSplit[..nodes]);
    }
}
