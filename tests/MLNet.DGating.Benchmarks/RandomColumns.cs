namespace MLNet.DGating.Benchmarks;

/// <summary>What any selection has to beat.</summary>
internal static class RandomColumns
{
    public static int[] Of(int columns, int count, int seed)
    {
        int[] all = [.. Enumerable.Range(0, columns)];
        new Random(seed).Shuffle(all);
        return all[..count];
    }
}
