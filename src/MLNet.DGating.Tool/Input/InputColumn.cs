namespace MLNet.DGating.Tool.Input;

/// <summary>A column as a pipeline reads it: Single where it holds numbers (NaN: missing), else String.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsNumber">Whether it is read as Single.</param>
internal sealed record InputColumn(string Name, bool IsNumber);
