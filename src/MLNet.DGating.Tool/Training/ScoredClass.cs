namespace MLNet.DGating.Tool.Training;

/// <summary>One of several classes and its prediction.</summary>
/// <param name="Label">The class, from 0.</param>
/// <param name="Predicted">The class that is predicted.</param>
/// <param name="Probability">The probability that was given to the class itself.</param>
/// <param name="Weight">The weight of the row.</param>
internal readonly record struct ScoredClass(int Label, int Predicted, double Probability, double Weight);
