namespace MLNet.DGating.Tool.Quality;

/// <summary>One of several classes and its prediction.</summary>
/// <param name="Label">The class, from 0; -1 where it is none of those known.</param>
/// <param name="Predicted">The class that is predicted; -1 for none.</param>
/// <param name="Probabilities">The probability of each class.</param>
/// <param name="Weight">The weight of the row.</param>
internal readonly record struct ScoredClass(int Label, int Predicted, float[] Probabilities, double Weight)
{
    /// <summary>The probability that was given to the class itself.</summary>
    public double Probability => Of(Label);

    /// <summary>The probability that was given to the predicted class.</summary>
    public double Confidence => Of(Predicted);

    /// <summary>What the row has in common with others; null where rows are independent.</summary>
    public long? Block { get; init; }

    private double Of(int one) => one < 0 ? 0 : Probabilities[one];
}
