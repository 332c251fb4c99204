namespace MLNet.DGating.Tool.Training;

/// <summary>One of two classes and its prediction.</summary>
internal readonly record struct ScoredBoolean(bool Label, bool Predicted, double Score, double Probability, double Weight);
