namespace MLNet.DGating.Benchmarks;

/// <summary>Splits rows into folds, each with the classes in equal shares.</summary>
internal static class FoldsOfRows
{
    /// <summary>Gives the numbers of the rows of each fold.</summary>
    public static HashSet<int>[] Of(int[] classes, int folds, int seed)
    {
        var random = new Random(seed);
        int[] order = [.. Enumerable.Range(0, classes.Length)];
        random.Shuffle(order);
        int[] byClass = [.. order.OrderBy(row => classes[row])];
        return [.. Enumerable.Range(0, folds).Select(fold => byClass.Where((_, position) => position % folds == fold).ToHashSet())];
    }
}
