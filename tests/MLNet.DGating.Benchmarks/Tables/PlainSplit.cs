using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Benchmarks;

/// <summary>Holds the rows of a split of a plain table.</summary>
internal sealed record PlainSplit(TableSchema Schema, TableRow[] Training, TableRow[] Test)
{
    private const double TestFraction = 0.2;

    /// <summary>Sets a fifth of the rows aside for testing.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="split">The number of the split, which all random numbers follow from.</param>
    public static PlainSplit Of(TableSchema schema, TableRow[] rows, int split)
    {
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        new RandomStream(split, purpose: 0).Shuffle(order);
        int tests = (int)(TestFraction * rows.Length);
        return new PlainSplit(schema, Take(order[tests..]), Take(order[..tests]));

        TableRow[] Take(int[] numbers) => Array.ConvertAll(numbers, number => rows[number]);
    }
}
