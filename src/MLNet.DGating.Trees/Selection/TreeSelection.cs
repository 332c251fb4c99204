using System.Globalization;
using System.Text;
using MLNet.DGating.Trees.Forest;
using Microsoft.ML;

namespace MLNet.DGating.Trees;

/// <summary>Holds the trees of a forest that are kept, the evidence for their number, and models of any other number.</summary>
/// <example>
/// <code>
/// var selection = mlContext.Regression.Trainers.DGatingTrees().FitSelection(data);
/// foreach (SelectedTree tree in selection.Trees)
/// {
///     Console.WriteLine($"tree {tree.Index} reads {string.Join(", ", tree.FeatureNames)}");
/// }
/// </code>
/// </example>
/// <typeparam name="TTransformer">The type of the models, which is FastTree's.</typeparam>
public sealed class TreeSelection<TTransformer>
    where TTransformer : ITransformer
{
    private readonly TreeForest _forest;
    private readonly string[] _featureNames;
    private readonly Func<int, (TTransformer Transformer, KeptTree[] Trees)> _at;

    internal TreeSelection(
        DGatingPath path, TreeForest forest, int count, string[] featureNames,
        Func<int, (TTransformer Transformer, KeptTree[] Trees)> at)
    {
        (Path, _forest, _featureNames, _at) = (path, forest, featureNames, at);
        (Transformer, KeptTree[] trees) = at(count);
        Trees = Describe(trees);
        FeatureNames = NamesOf(trees.SelectMany(tree => tree.Slots()));
        ForestFeatureNames = NamesOf(forest.Slots());
    }

    /// <summary>The model of the trees that are kept.</summary>
    public TTransformer Transformer { get; }

    /// <summary>The trees that are kept, in the order in which they were grown.</summary>
    public IReadOnlyList<SelectedTree> Trees { get; }

    /// <summary>The names of the slots that the kept trees read.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The number of trees that were grown.</summary>
    public int ForestTreeCount => _forest.Count;

    /// <summary>The names of the slots that the trees of the whole forest read.</summary>
    public IReadOnlyList<string> ForestFeatureNames { get; }

    /// <summary>The path from all trees to none. Its features are trees; its held-out rows are none that trees were grown on.</summary>
    public DGatingPath Path { get; }

    /// <summary>Gives the model of exactly so many trees, with the values of its leaves estimated again.</summary>
    /// <param name="treeCount">At least 0, for a constant; all trees where fewer exist.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public TTransformer At(int treeCount) => _at(treeCount).Transformer;

    /// <summary>Gives the trees of the model of exactly so many.</summary>
    /// <param name="treeCount">At least 0; all trees where fewer exist.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public IReadOnlyList<SelectedTree> TreesAt(int treeCount) => Describe(_at(treeCount).Trees);

    /// <summary>Lists the trees that are kept, with what they read.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Trees.Count} of {ForestTreeCount} trees selected.");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"They read {FeatureNames.Count} of the {ForestFeatureNames.Count} features that the forest reads.");
        foreach (SelectedTree tree in Trees)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"  Tree {tree.Index,4}: weight {tree.Weight:g3}, {tree.LeafCount} leaves, {string.Join(", ", tree.FeatureNames)}");
        }

        return text.ToString().TrimEnd();
    }

    private SelectedTree[] Describe(KeptTree[] trees) => Array.ConvertAll(
        trees, tree => new SelectedTree(tree.Index, tree.Weight, tree.Values.Length, NamesOf(tree.Slots())));

    private string[] NamesOf(IEnumerable<int> slots) => [.. slots.Distinct().Order().Select(slot => _featureNames[slot])];
}
