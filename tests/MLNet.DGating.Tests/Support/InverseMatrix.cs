using System.Numerics.Tensors;

namespace MLNet.DGating.Tests.Support;

/// <summary>Linear algebra enough to know which columns of a table follow from the others.</summary>
internal static class InverseMatrix
{
    /// <summary>R² of each column on all others: 1 − 1 / (C⁻¹)ⱼⱼ, C the correlation matrix.</summary>
    /// <remarks>A little is added to C's diagonal, so that it has an inverse.</remarks>
    public static double[] DeterminationOfColumns(IReadOnlyList<float[]> rows)
    {
        int columns = rows[0].Length;
        double[][] standardized =
            [.. Enumerable.Range(0, columns).Select(column => Standardize([.. rows.Select(row => (double)row[column])]))];
        double[,] correlation = new double[columns, columns];
        for (int i = 0; i < columns; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                correlation[i, j] = correlation[j, i] = TensorPrimitives.Dot(standardized[i], standardized[j]) / rows.Count;
            }

            correlation[i, i] += 1e-6;
        }

        double[] diagonal = DiagonalOfInverse(correlation);
        return Array.ConvertAll(diagonal, value => 1 - 1 / value);
    }

    private static double[] Standardize(double[] values)
    {
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return Array.ConvertAll(values, value => (value - mean) / deviation);
    }

    // Cholesky, C = L Lᵀ; then (C⁻¹)ⱼⱼ = ‖L⁻¹ eⱼ‖².
    private static double[] DiagonalOfInverse(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double[][] lower = new double[n][];
        for (int i = 0; i < n; i++)
        {
            lower[i] = new double[n];
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i, j] - TensorPrimitives.Dot<double>(lower[i].AsSpan(0, j), lower[j].AsSpan(0, j));
                lower[i][j] = i == j ? Math.Sqrt(sum) : sum / lower[j][j];
            }
        }

        double[] diagonal = new double[n];
        for (int column = 0; column < n; column++)
        {
            double[] solved = new double[n];
            for (int i = column; i < n; i++)
            {
                double sum = TensorPrimitives.Dot<double>(lower[i].AsSpan(0, i), solved.AsSpan(0, i));
                solved[i] = ((i == column ? 1 : 0) - sum) / lower[i][i];
                diagonal[column] += solved[i] * solved[i];
            }
        }

        return diagonal;
    }
}
