namespace MLNet.DGating.Tool.Models;

/// <summary>A feature as stability selection judges it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Column">The column of the table that it was made of.</param>
/// <param name="Frequency">The share of the runs that select it, 0 to 1.</param>
/// <param name="IsStable">Whether that share reaches the threshold.</param>
internal sealed record SelectedFeature(string Name, string Column, double Frequency, bool IsStable);
