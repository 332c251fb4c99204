namespace MLNet.DGating;

/// <summary>Lists how numbers are presented to the network.</summary>
/// <remarks>A network that reads a number linearly is smooth in it; with intervals it can jump, as boosted trees do.</remarks>
public enum DGatingNumericEncoding
{
    /// <summary>Held-out rows decide: intervals or standardized numbers to select by, and whether embeddings predict better.</summary>
    Auto = 0,

    /// <summary>One standardized column for each number.</summary>
    None = 1,

    /// <summary>A standardized column, and a ramp for each of up to 255 intervals, for each number of at least three values.</summary>
    /// <remarks>Of a label that is a number, <see cref="Embedding"/> and <see cref="Auto"/> mostly predict better.</remarks>
    PiecewiseLinear = 2,

    /// <summary>One standardized column while features are selected; then intervals and a small layer for each feature.</summary>
    Embedding = 3,
}
