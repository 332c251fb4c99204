namespace MLNet.DGating;

/// <summary>What training found out about one feature: a slot, or several slots that stay or go together.</summary>
/// <param name="Index">Position in the list the gate comes from.</param>
/// <param name="Name">The slot's name, or the name of the column the slots come from.</param>
/// <param name="Slots">The slots of the feature column it consists of, ascending. Never empty.</param>
/// <param name="Importance">
/// The norm of all weights that leave the feature, on standardized features, so that features of any unit compare. 0 exactly where it is not selected.
/// </param>
/// <param name="LambdaOut">
/// The sparsity regularization λ at which the feature left the path; larger means needed longer. <see cref="double.PositiveInfinity"/> if it
/// never left, 0 if it was never on the path: constant, or dearer than the budget.
/// </param>
/// <param name="IsSelected">Whether the model reads the feature. A constant feature is never selected.</param>
public readonly record struct FeatureGate(int Index, string Name, IReadOnlyList<int> Slots, float Importance, double LambdaOut, bool IsSelected);
