using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Evaluation;

/// <summary>Deals rows into parts of the same size with the same proportions of the classes.</summary>
/// <remarks>Rows of one block (all that share a sampling key) go to the same part. Without blocks every row is dealt by itself.</remarks>
internal static class Folds
{
    /// <summary>Gives the rows of each part, ascending. No part is empty where there are at least as many blocks as parts.</summary>
    /// <param name="rows">The numbers of the rows to deal.</param>
    /// <param name="strataOf">Gives a row's class; null for regression.</param>
    /// <param name="blockOf">Gives a row's block; null where every row is a block of its own.</param>
    /// <param name="count">The number of parts, at least 1.</param>
    /// <param name="random">Draws the order in which blocks are dealt.</param>
    public static int[][] Deal(int[] rows, Func<int, int>? strataOf, Func<int, int>? blockOf, int count, RandomStream random)
    {
        int StratumOf(int row) => strataOf?.Invoke(row) ?? 0;

        var rowsOfStratum = rows.CountBy(StratumOf).ToDictionary();
        var dealtOfStratum = rowsOfStratum.Keys.ToDictionary(stratum => stratum, _ => new int[count]);
        var parts = new List<int>[count];
        for (int i = 0; i < count; i++)
        {
            parts[i] = [];
        }

        int[] shuffled = [.. rows];
        random.Shuffle(shuffled);
        // The largest blocks come first, while every part has room for them. Blocks of one size come class by class, so that a remainder
        // goes to the parts that have the fewest rows so far.
        foreach (int[] block in shuffled.GroupBy(row => blockOf?.Invoke(row) ?? row).Select(block => block.ToArray())
            .OrderByDescending(block => block.Length).ThenBy(block => StratumOf(block[0])))
        {
            int part = Enumerable.Range(0, count).MinBy(part => (Share(block, part), parts[part].Count));
            parts[part].AddRange(block);
            Array.ForEach(block, row => dealtOfStratum[StratumOf(row)][part]++);
        }

        return Array.ConvertAll(parts, part => part.Order().ToArray());

        // The share of the block's classes that a part has already, summed over the rows of the block.
        double Share(int[] block, int part) => block.Sum(row => ShareOf(StratumOf(row), part));

        double ShareOf(int stratum, int part) => (double)dealtOfStratum[stratum][part] / rowsOfStratum[stratum];
    }
}
