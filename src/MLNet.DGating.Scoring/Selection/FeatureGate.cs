namespace MLNet.DGating;

/// <summary>The result of training for one feature: a slot, or several slots that stay or go together.</summary>
/// <param name="Index">The position in the list that the gate comes from.</param>
/// <param name="Name">The slot's name, or the name of the column that the slots come from.</param>
/// <param name="Slots">The slots of the feature column that it consists of, ascending. Never empty.</param>
/// <param name="Importance">
/// The norm of all weights that leave the feature, on standardized features, so that features of any unit compare. It is 0 exactly where
/// the feature is not selected.
/// </param>
/// <param name="LambdaOut">
/// The sparsity regularization λ at which the feature left the path; larger means needed longer. It is
/// <see cref="double.PositiveInfinity"/> if the feature never left, and 0 if it was never on the path: constant, or above the budget of
/// costs by itself.
/// </param>
/// <param name="IsSelected">Whether the model reads the feature. A constant feature is never selected.</param>
public readonly record struct FeatureGate(
    int Index, string Name, IReadOnlyList<int> Slots, float Importance, double LambdaOut, bool IsSelected);
