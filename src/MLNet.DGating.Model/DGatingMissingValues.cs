namespace MLNet.DGating;

/// <summary>Lists what becomes of missing values (NaN) among the features.</summary>
public enum DGatingMissingValues
{
    /// <summary>A slot with missing values has a further column, 1 where it is missing, in the same feature; no row is left out.</summary>
    /// <remarks>
    /// Its other columns are 0 there, as at their mean. A model scores a value that is missing in another slot so too. Means, deviations
    /// and intervals are those of the values that are present.
    /// </remarks>
    Encode = 0,

    /// <summary>Rows with a missing value are left out of training, with a warning, and have the score NaN.</summary>
    /// <remarks>ML.NET's linear trainers do so.</remarks>
    Skip = 1,
}
