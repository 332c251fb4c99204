using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Trees.Forest;

/// <summary>Holds the trees that are kept and the intercept: score = intercept + Σ value of the row's leaf.</summary>
/// <param name="trees">The trees.</param>
/// <param name="intercept">The intercept.</param>
internal sealed class KeptTrees(KeptTree[] trees, double intercept)
{
    public KeptTree[] Trees { get; } = trees;

    public double Intercept { get; set; } = intercept;

    /// <summary>Computes the score of a row.</summary>
    public double Score(in VBuffer<float> features)
    {
        double score = Intercept;
        foreach (KeptTree tree in Trees)
        {
            score += tree.Values[tree.LeafOf(in features)];
        }

        return score;
    }

    /// <summary>Makes FastTree's ensemble, which has no intercept: every row is in one leaf of the first tree, which has it.</summary>
    public InternalTreeEnsemble ToEnsemble()
    {
        var ensemble = new InternalTreeEnsemble();
        for (int i = 0; i < Trees.Length; i++)
        {
            ensemble.AddTree(Trees[i].ToTree(shift: i == 0 ? Intercept : 0));
        }

        if (Trees.Length == 0)
        {
            // FastTree takes the output of a tree without splits for 0. This one has one, between leaves of the same value.
            ensemble.AddTree(InternalRegressionTree.Create(2, [0], [0], [0], [0], [~0], [~1], [Intercept, Intercept], [[]], [false]));
        }

        return ensemble;
    }
}
