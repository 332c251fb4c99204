namespace MLNet.DGating.Benchmarks;

/// <summary>A table of numbers and categories that is split, or drawn, into training and test rows.</summary>
/// <param name="Name">A short name, for --only.</param>
/// <param name="Kind">What it is like.</param>
/// <param name="Family">What it may be used for.</param>
internal abstract record PlainTable(string Name, string Kind, TableFamily Family)
{
    /// <summary>The number of features that a trainer with a given count keeps; null for all.</summary>
    public int? Informative { get; init; }

    /// <summary>Gives the rows of a split.</summary>
    /// <param name="split">The number of the split, from 0; the same number gives the same rows.</param>
    public abstract PlainSplit Split(int split);
}
