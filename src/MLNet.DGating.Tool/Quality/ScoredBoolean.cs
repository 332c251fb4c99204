namespace MLNet.DGating.Tool.Quality;

/// <summary>One of two classes and its prediction.</summary>
internal readonly record struct ScoredBoolean(bool Label, bool Predicted, double Score, double Probability, double Weight)
{
    /// <summary>What the row has in common with others; null where rows are independent.</summary>
    public long? Block { get; init; }
}
