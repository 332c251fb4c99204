namespace MLNet.DGating;

/// <summary>What a term of an additive model adds to a score: the curve of a feature, or the surface of a pair.</summary>
/// <param name="Name">The name of the feature, or of the pair, such as "age × hours".</param>
/// <param name="Features">The name of the feature, or of both.</param>
/// <param name="Contribution">The contribution, in the unit of the score.</param>
public readonly record struct TermContribution(string Name, IReadOnlyList<string> Features, float Contribution);
