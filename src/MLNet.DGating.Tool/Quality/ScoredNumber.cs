namespace MLNet.DGating.Tool.Quality;

/// <summary>A number and its prediction.</summary>
internal readonly record struct ScoredNumber(double Label, double Score, double Weight)
{
    /// <summary>What the row has in common with others; null where rows are independent.</summary>
    public long? Block { get; init; }
}
