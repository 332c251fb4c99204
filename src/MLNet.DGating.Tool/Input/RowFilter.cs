namespace MLNet.DGating.Tool.Input;

/// <summary>Which rows of a table are seen.</summary>
/// <param name="row">The row's number, from 0.</param>
/// <param name="cells">Its cells.</param>
internal delegate bool RowFilter(long row, TableReader cells);

/// <summary>Row filters that are used together.</summary>
internal static class RowFilters
{
    public static RowFilter All { get; } = (_, _) => true;

    public static RowFilter And(this RowFilter first, RowFilter second) => (row, cells) => first(row, cells) && second(row, cells);

    /// <summary>Holds a part of the rows out, the same for a seed in every pass.</summary>
    /// <param name="fraction">The part held out.</param>
    /// <param name="seed">Of the draw.</param>
    /// <param name="heldOut">Whether the part held out is seen, or the rest.</param>
    public static RowFilter Split(double fraction, int seed, bool heldOut) => (row, _) => Draw(row, seed) < fraction == heldOut;

    // SplitMix64 of the row's number: a row's lot does not depend on the rows before it.
    private static double Draw(long row, int seed)
    {
        ulong bits = unchecked(((ulong)row + 1) * 0x9E3779B97F4A7C15 + (ulong)seed * 0xD1B54A32D192ED03);
        bits = unchecked((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9);
        bits = unchecked((bits ^ (bits >> 27)) * 0x94D049BB133111EB);
        return ((bits ^ (bits >> 31)) >> 11) * (1.0 / (1L << 53));
    }
}
