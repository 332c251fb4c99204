namespace MLNet.DGating.Tool.Explanation;

/// <summary>What a column of the table adds to the score of a row.</summary>
/// <param name="Column">The name of the column.</param>
/// <param name="Value">The cell.</param>
/// <param name="Contribution">The contribution of all features that were made of the column.</param>
internal sealed record ColumnContribution(string Column, string Value, float Contribution);
