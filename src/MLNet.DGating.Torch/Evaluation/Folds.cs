using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Evaluation;

/// <summary>Rows dealt into parts of the same size and with the same proportions of the classes.</summary>
/// <remarks>Rows of one block (all that share a sampling key) go to one part together; without blocks every row is one by itself.</remarks>
internal static class Folds
{
    /// <summary>The rows of each part, ascending. No part is empty where there are at least as many blocks as parts.</summary>
    /// <param name="rows">The rows to deal.</param>
    /// <param name="strataOf">A row's class; null for regression.</param>
    /// <param name="blockOf">A row's block; null where every row is its own.</param>
    /// <param name="count">Parts.</param>
    /// <param name="random">Which blocks go where.</param>
    public static int[][] Deal(int[] rows, Func<int, int>? strataOf, Func<int, int>? blockOf, int count, RandomStream random)
    {
        int StratumOf(int row) => strataOf?.Invoke(row) ?? 0;

        Dictionary<int, int> rowsOfStratum = rows.CountBy(StratumOf).ToDictionary();
        var dealtOfStratum = rowsOfStratum.Keys.ToDictionary(stratum => stratum, _ => new int[count]);
        var parts = new List<int>[count];
        for (int i = 0; i < count; i++)
        {
            parts[i] = [];
        }

        int[] shuffled = [.. rows];
        random.Shuffle(shuffled);
        // The largest blocks first, while every part has room for them; then class by class, so that what does not divide evenly goes
        // to the parts that have least so far.
        foreach (int[] block in shuffled.GroupBy(row => blockOf?.Invoke(row) ?? row).Select(block => block.ToArray())
            .OrderByDescending(block => block.Length).ThenBy(block => StratumOf(block[0])))
        {
            int part = Enumerable.Range(0, count).MinBy(part => (Share(block, part), parts[part].Count));
            parts[part].AddRange(block);
            Array.ForEach(block, row => dealtOfStratum[StratumOf(row)][part]++);
        }

        return Array.ConvertAll(parts, part => part.Order().ToArray());

        // How much of the block's classes a part already has, of what there is of each.
        double Share(int[] block, int part) => block.Sum(row => (double)dealtOfStratum[StratumOf(row)][part] / rowsOfStratum[StratumOf(row)]);
    }
}
