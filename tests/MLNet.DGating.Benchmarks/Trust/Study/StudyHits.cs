namespace MLNet.DGating.Benchmarks;

/// <summary>Counts what a method selected rightly and wrongly.</summary>
/// <param name="False">The selected columns that say nothing.</param>
/// <param name="Found">The selected columns that the label depends on.</param>
/// <param name="Top">How many of its first columns are true ones when it may keep as many as there are true ones.</param>
internal readonly record struct StudyHits(int False, int Found, int Top)
{
    /// <summary>Counts the hits of a method.</summary>
    /// <param name="select">Gives the columns that the method selects when it keeps so many.</param>
    /// <param name="kept">How many it keeps.</param>
    /// <param name="informative">The columns that the label depends on.</param>
    public static StudyHits Of(Func<int, int[]> select, int kept, int[] informative)
    {
        int[] selected = select(kept);
        int found = selected.Count(informative.Contains);
        return new StudyHits(selected.Length - found, found, select(informative.Length).Count(informative.Contains));
    }

    /// <summary>The columns selected although they say nothing, and those not selected although they say something.</summary>
    public int Wrong(int truth) => False + truth - Found;
}
