namespace MLNet.DGating.Tool.Training;

/// <summary>A number and its prediction.</summary>
internal readonly record struct ScoredNumber(double Label, double Score, double Weight);
