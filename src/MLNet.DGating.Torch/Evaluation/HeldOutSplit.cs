using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Evaluation;

/// <summary>Splits rows into training rows and held-out rows.</summary>
/// <remarks>
/// Rows are drawn class by class, so that both parts have the classes in the same proportions. A class with a single row stays in training.
/// </remarks>
internal static class HeldOutSplit
{
    /// <summary>Gives both parts, ascending.</summary>
    /// <param name="rows">The numbers of the rows to split.</param>
    /// <param name="strataOf">Gives a row's class; null for regression.</param>
    /// <param name="fraction">The share of the rows to hold out, between 0 and 1.</param>
    /// <param name="random">Draws the held-out rows.</param>
    public static (int[] Training, int[] HeldOut) Split(int[] rows, Func<int, int>? strataOf, double fraction, RandomStream random)
    {
        var training = new List<int>();
        var heldOut = new List<int>();
        double owed = 0;
        foreach (IGrouping<int, int> stratum in rows.GroupBy(row => strataOf?.Invoke(row) ?? 0).OrderBy(group => group.Key))
        {
            int[] shuffled = [.. stratum];
            random.Shuffle(shuffled);
            // The rounding error is carried to the next class, so that small classes add up to their share.
            owed += fraction * shuffled.Length;
            int count = Math.Min((int)Math.Round(owed), shuffled.Length - 1);
            owed -= count;
            heldOut.AddRange(shuffled.AsSpan(0, count));
            training.AddRange(shuffled.AsSpan(count));
        }

        training.Sort();
        heldOut.Sort();
        return ([.. training], [.. heldOut]);
    }

    /// <summary>Gives both parts, ascending, where rows of one block stay together. Of a single block nothing is held out.</summary>
    /// <remarks>
    /// Blocks are dealt into parts of which one has about the share wanted, with about the same proportions of the classes, and the part
    /// nearest to the share is held out.
    /// </remarks>
    /// <param name="rows">The numbers of the rows to split.</param>
    /// <param name="strataOf">Gives a row's class; null for regression.</param>
    /// <param name="blockOf">Gives a row's block.</param>
    /// <param name="fraction">The share of the rows to hold out, between 0 and 1.</param>
    /// <param name="random">Draws the order in which blocks are dealt.</param>
    public static (int[] Training, int[] HeldOut) SplitBlocks(
        int[] rows, Func<int, int>? strataOf, Func<int, int> blockOf, double fraction, RandomStream random)
    {
        int[][] parts = Folds.Deal(rows, strataOf, blockOf, Math.Max(2, (int)Math.Round(1 / fraction)), random);
        int[]? heldOut = parts.Where(part => part.Length > 0 && part.Length < rows.Length)
            .MinBy(part => Math.Abs(part.Length - fraction * rows.Length));
        return heldOut is null ? (rows, []) : ([.. rows.Except(heldOut)], heldOut);
    }
}
