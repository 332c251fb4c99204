namespace MLNet.DGating.Tool.Views;

/// <summary>Row filters and their conjunction.</summary>
internal static class RowFilters
{
    public static RowFilter All { get; } = (_, _) => true;

    public static RowFilter And(this RowFilter first, RowFilter second) => (row, cells) => first(row, cells) && second(row, cells);

    /// <summary>Splits the rows at random into two parts, the same for a seed in every pass.</summary>
    /// <param name="fraction">The fraction of rows that are held out, 0 to 1.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <param name="heldOut">Whether the filter accepts the rows that are held out, or the others.</param>
    public static RowFilter Split(double fraction, int seed, bool heldOut) => (row, _) => Draw(row, seed) < fraction == heldOut;

    /// <summary>Splits the rows like <see cref="Split"/>, but those that share a cell stay together.</summary>
    public static RowFilter SplitGroups(int column, double fraction, int seed, bool heldOut) =>
        (_, cells) => Draw(Hash(cells.Cell(column).Trim()), seed) < fraction == heldOut;

    /// <summary>Returns the hash of a text, FNV-1a: unlike string.GetHashCode it is the same in every process.</summary>
    public static long Hash(ReadOnlySpan<char> text)
    {
        ulong hash = 14695981039346656037;
        foreach (char character in text)
        {
            hash = unchecked((hash ^ character) * 1099511628211);
        }

        return unchecked((long)hash);
    }

    /// <summary>Returns a random number from 0 to 1 for a row.</summary>
    /// <remarks>SplitMix64 of the row's number: the draw of a row does not depend on the rows before it.</remarks>
    public static double Draw(long row, int seed)
    {
        ulong bits = unchecked(((ulong)row + 1) * 0x9E3779B97F4A7C15 + (ulong)seed * 0xD1B54A32D192ED03);
        bits = unchecked((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9);
        bits = unchecked((bits ^ (bits >> 27)) * 0x94D049BB133111EB);
        return ((bits ^ (bits >> 31)) >> 11) * (1.0 / (1L << 53));
    }
}
