namespace MLNet.DGating;

/// <summary>Holds the means of a category's values for training rows: made of the folds that a row is not in.</summary>
/// <param name="Folds">The number of folds.</param>
/// <param name="Values">The numbers [values of the category, folds, width].</param>
internal sealed record FoldedMeans(int Folds, float[] Values);
