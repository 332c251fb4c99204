namespace MLNet.DGating.Tool.Explanation;

/// <summary>The explanation of a row: contributions that add up to the score less the base.</summary>
/// <param name="Row">The number of the row, from 1.</param>
/// <param name="Prediction">The prediction, in the label's own words.</param>
/// <param name="Score">The score: log-odds of the positive of two classes, of several the predicted one's, or the number predicted.</param>
/// <param name="Base">The same score of a row at the mean of the training rows.</param>
/// <param name="Contributions">One for each column that the model reads, the largest first.</param>
internal sealed record ExplainedRow(
    long Row, string Prediction, double Score, double Base, IReadOnlyList<ColumnContribution> Contributions);
