namespace MLNet.DGating;

/// <summary>What a feature adds to a score, compared with a row at the mean of the training rows.</summary>
/// <param name="Index">The index of the feature in the list of the report that it comes from.</param>
/// <param name="Name">The name.</param>
/// <param name="Contribution">The contribution, in the unit of the score; 0 for a feature that the model does not read.</param>
public readonly record struct FeatureContribution(int Index, string Name, float Contribution);
