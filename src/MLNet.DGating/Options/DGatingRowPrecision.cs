namespace MLNet.DGating;

/// <summary>How exactly rows are kept in memory while a trainer works on them.</summary>
public enum DGatingRowPrecision
{
    /// <summary>As they come: 4 bytes a value.</summary>
    Full,

    /// <summary>In half precision: 2 bytes a value.</summary>
    /// <remarks>
    /// Of each value its distance from the mean of its column is kept, to 2⁻¹¹ of that distance, so that columns of large numbers lose no
    /// more than others. Selections and accuracy are the same but for chance where measured; for rows that take most of the memory.
    /// </remarks>
    Half,
}
