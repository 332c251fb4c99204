namespace MLNet.DGating.Tool.Models;

/// <summary>A class on the test rows.</summary>
/// <param name="Word">The class.</param>
/// <param name="TestRows">The number of test rows that are of it.</param>
/// <param name="PredictedRows">The number of test rows that were predicted to be of it.</param>
internal sealed record ClassCount(string Word, long TestRows, long PredictedRows)
{
    /// <summary>The number of rows of the whole table that are of it.</summary>
    public long Rows { get; init; }
}
