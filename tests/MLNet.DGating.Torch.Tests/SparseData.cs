using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Tests;

/// <summary>Matrices of mostly zeros, sparse and dense alike.</summary>
internal static class SparseData
{
    /// <summary>The values of a dense matrix that are not zero.</summary>
    public static SparseMatrix AsSparse(this FeatureMatrix matrix)
    {
        var sparse = new SparseMatrix(matrix.Columns);
        for (int row = 0; row < matrix.Rows; row++)
        {
            float[] values = matrix.Row(row).ToArray();
            int[] stored = [.. Enumerable.Range(0, values.Length).Where(column => values[column] != 0)];
            sparse.AddRow(stored, [.. stored.Select(column => values[column])]);
        }

        return sparse;
    }

    /// <summary>Normal numbers at a share of the places.</summary>
    public static DesignMatrix NormalMatrix(Random random, int rows, int columns, double density) =>
        RandomData.Matrix(rows, columns, (_, _) => random.NextDouble() < density ? random.NextNormal() : 0);
}
