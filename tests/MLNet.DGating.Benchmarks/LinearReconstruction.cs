using System.Numerics.Tensors;

namespace MLNet.DGating.Benchmarks;

/// <summary>Evaluates how well a linear model rebuilds all columns from some of them.</summary>
/// <remarks>
/// The model is ordinary least squares from the kept columns to all columns, fitted on training rows by the normal equations. It is
/// independent of the selection. All columns are standardized and count equally.
/// </remarks>
internal sealed class LinearReconstruction
{
    // Columns that depend on each other exactly would leave the equations without a solution.
    private const double Ridge = 1e-6;

    private readonly double[][] _training;
    private readonly double[][] _test;

    public LinearReconstruction(IReadOnlyList<float[]> training, IReadOnlyList<float[]> test)
    {
        int columns = training[0].Length;
        _training = new double[columns][];
        _test = new double[columns][];
        for (int column = 0; column < columns; column++)
        {
            double mean = training.Average(row => (double)row[column]);
            double variance = training.Average(row => (row[column] - mean) * (row[column] - mean));
            double scale = variance > 0 ? 1 / Math.Sqrt(variance) : 0;
            _training[column] = [.. training.Select(row => (row[column] - mean) * scale)];
            _test[column] = [.. test.Select(row => (row[column] - mean) * scale)];
        }
    }

    /// <summary>Computes R² = 1 − error / variance over all columns of the test rows.</summary>
    public double RSquared(IReadOnlyList<int> kept)
    {
        double[][] factor = Cholesky([.. kept.Select(i => kept.Select(j => Covariance(i, j) + (i == j ? Ridge : 0)).ToArray())]);
        double residual = 0, spread = 0;
        for (int column = 0; column < _training.Length; column++)
        {
            double[] coefficients = Solve(factor, [.. kept.Select(i => Covariance(i, column))]);
            double[] error = [.. _test[column]];
            double mean = error.Average();
            spread += error.Sum(value => (value - mean) * (value - mean));
            for (int i = 0; i < kept.Count; i++)
            {
                TensorPrimitives.MultiplyAdd(_test[kept[i]], -coefficients[i], error, error);
            }

            residual += TensorPrimitives.SumOfSquares<double>(error);
        }

        return 1 - residual / spread;
    }

    private double Covariance(int i, int j) => TensorPrimitives.Dot<double>(_training[i], _training[j]) / _training[i].Length;

    // Gives the lower triangular matrix L of A = L Lᵀ.
    private static double[][] Cholesky(double[][] matrix)
    {
        double[][] lower = [.. matrix.Select(row => new double[row.Length])];
        for (int i = 0; i < matrix.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double rest = matrix[i][j] - TensorPrimitives.Dot<double>(lower[i].AsSpan(0, j), lower[j].AsSpan(0, j));
                lower[i][j] = i == j ? Math.Sqrt(rest) : rest / lower[j][j];
            }
        }

        return lower;
    }

    // Gives the solution x of L Lᵀ x = b.
    private static double[] Solve(double[][] lower, double[] b)
    {
        for (int i = 0; i < b.Length; i++)
        {
            b[i] = (b[i] - TensorPrimitives.Dot<double>(lower[i].AsSpan(0, i), b.AsSpan(0, i))) / lower[i][i];
        }

        for (int i = b.Length - 1; i >= 0; i--)
        {
            b[i] /= lower[i][i];
            for (int j = 0; j < i; j++)
            {
                b[j] -= lower[i][j] * b[i];
            }
        }

        return b;
    }
}
