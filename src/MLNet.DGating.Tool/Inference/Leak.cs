namespace MLNet.DGating.Tool.Inference;

/// <summary>A column that says the label nearly alone, and why that looks like a leak.</summary>
internal sealed record Leak(string Column, string Reason);
