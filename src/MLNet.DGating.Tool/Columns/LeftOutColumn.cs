namespace MLNet.DGating.Tool.Columns;

/// <summary>A column that is not read, and the reason.</summary>
internal sealed record LeftOutColumn(string Name, string Reason);
