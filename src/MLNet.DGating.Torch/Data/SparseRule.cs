namespace MLNet.DGating.Torch;

/// <summary>When rows are kept sparse: where it makes steps faster. Measured by <c>MLNet.DGating.Benchmarks -- sparse</c>; the numbers are in docs/defaults.md.</summary>
internal static class SparseRule
{
    public static bool Suits(SparseMatrix matrix) => Suits(matrix.Columns, matrix.Density);

    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="density">The share of its values that are not zero.</param>
    public static bool Suits(int columns, double density) =>
        columns >= DGatingDefaults.SmallestSparseWidth && density <= DGatingDefaults.LargestSparseDensity;
}
