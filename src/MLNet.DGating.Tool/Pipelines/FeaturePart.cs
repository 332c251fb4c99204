namespace MLNet.DGating.Tool.Pipelines;

/// <summary>A column that is concatenated into the features.</summary>
/// <param name="Name">The name.</param>
/// <param name="Column">The column of the table that it was made of.</param>
internal sealed record FeaturePart(string Name, string Column);
