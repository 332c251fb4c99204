namespace MLNet.DGating.Tool.Quality;

/// <summary>One of several classes and its prediction.</summary>
/// <param name="Label">The class, from 0.</param>
/// <param name="Predicted">The class that is predicted.</param>
/// <param name="Probability">The probability that was given to the class itself.</param>
/// <param name="Weight">The weight of the row.</param>
internal readonly record struct ScoredClass(int Label, int Predicted, double Probability, double Weight)
{
    /// <summary>The probability that was given to the predicted class.</summary>
    public double Confidence { get; init; }

    /// <summary>What the row has in common with others; null where rows are independent.</summary>
    public long? Block { get; init; }
}
