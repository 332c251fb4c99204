namespace MLNet.DGating.Tool.Progress;

/// <summary>How far a training is.</summary>
/// <param name="Stage">What is trained: null for the model itself, else such as "Fold 2 of 5".</param>
/// <param name="Fraction">The fraction of all work that is done, 0 to 1; it never falls.</param>
/// <param name="TimeLeft">The time that the rest will take at the pace so far; null in the first moments.</param>
/// <param name="Training">The progress of the present training.</param>
internal readonly record struct TrainingMoment(string? Stage, double Fraction, TimeSpan? TimeLeft, DGatingProgress Training);
