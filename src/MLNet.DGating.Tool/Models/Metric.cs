namespace MLNet.DGating.Tool.Models;

/// <summary>A measure of quality on the test rows.</summary>
internal sealed record Metric(string Name, double Value);
