namespace MLNet.DGating.Trees;

/// <summary>Describes a tree that is kept.</summary>
/// <param name="Index">The number of the tree in the forest, from 0: FastTree's boosting grew it after so many others.</param>
/// <param name="Weight">The factor of its output, before the values of its leaves were estimated again.</param>
/// <param name="LeafCount">The number of its leaves.</param>
/// <param name="FeatureNames">The names of the slots that its splits read, in the order of the slots.</param>
public readonly record struct SelectedTree(int Index, double Weight, int LeafCount, IReadOnlyList<string> FeatureNames);
