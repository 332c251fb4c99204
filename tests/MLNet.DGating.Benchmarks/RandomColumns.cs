namespace MLNet.DGating.Benchmarks;

/// <summary>Selects columns at random, the baseline of every selection.</summary>
internal static class RandomColumns
{
    /// <summary>Draws columns without replacement.</summary>
    public static int[] Of(int columns, int count, int seed)
    {
        int[] all = [.. Enumerable.Range(0, columns)];
        new Random(seed).Shuffle(all);
        return all[..count];
    }
}
