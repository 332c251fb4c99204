namespace MLNet.DGating.Benchmarks;

/// <summary>Says what a table may be used for. The generators of the two generated families share no formula.</summary>
internal enum TableFamily
{
    /// <summary>A table of measured data.</summary>
    Real,

    /// <summary>A generated table on which defaults may be chosen.</summary>
    Tuning,

    /// <summary>A generated table for the judgement at the end; nothing is chosen on it.</summary>
    HeldOut,

    /// <summary>A table of measured data that a package ships; nothing is chosen on it.</summary>
    Packages,
}
