namespace MLNet.DGating.Tool.Columns;

/// <summary>A column as a pipeline reads it: numbers as Single (NaN: missing), all else as String.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsNumber">Whether it is read as Single.</param>
internal sealed record InputColumn(string Name, bool IsNumber);
