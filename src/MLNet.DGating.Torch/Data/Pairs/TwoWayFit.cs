namespace MLNet.DGating.Torch.Data.Pairs;

/// <summary>Takes from a function of two axes what a sum of functions of one axis each can say of it (docs/theory.md §32).</summary>
/// <remarks>That sum is the weighted least-squares fit. Of what is left, every weighted row and column sum is 0.</remarks>
internal sealed class TwoWayFit
{
    /// <summary>A share of the total weight that is added to the diagonal, since nodes may have no weight.</summary>
    private const double Ridge = 1e-10;

    private readonly double[] _weights;
    private readonly int _rows, _columns;

    // The Cholesky factor of the normal equations, row by row.
    private readonly double[,] _factor;

    /// <param name="weights">The weight of each node [rows, columns], at least 0.</param>
    /// <param name="rows">The number of nodes of the first axis.</param>
    /// <param name="columns">The number of nodes of the second axis.</param>
    public TwoWayFit(double[] weights, int rows, int columns)
    {
        (_weights, _rows, _columns) = (weights, rows, columns);
        int size = rows + columns;
        _factor = new double[size, size];
        double ridge = Ridge * Math.Max(weights.Sum(), double.Epsilon) + double.Epsilon;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double weight = weights[i * columns + j];
                _factor[i, i] += weight;
                _factor[rows + j, rows + j] += weight;
                _factor[rows + j, i] = weight;
            }
        }

        for (int i = 0; i < size; i++)
        {
            _factor[i, i] += ridge;
        }

        Factorize(size);
    }

    /// <summary>Takes the fit from a function.</summary>
    /// <param name="values">The values at the nodes [rows, columns].</param>
    public void Purify(Span<double> values)
    {
        double[] parts = new double[_rows + _columns];
        for (int i = 0; i < _rows; i++)
        {
            for (int j = 0; j < _columns; j++)
            {
                double product = _weights[i * _columns + j] * values[i * _columns + j];
                parts[i] += product;
                parts[_rows + j] += product;
            }
        }

        Solve(parts);
        for (int i = 0; i < _rows; i++)
        {
            for (int j = 0; j < _columns; j++)
            {
                values[i * _columns + j] -= parts[i] + parts[_rows + j];
            }
        }
    }

    private void Factorize(int size)
    {
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = _factor[i, j];
                for (int k = 0; k < j; k++)
                {
                    sum -= _factor[i, k] * _factor[j, k];
                }

                // A pivot is at least the ridge but for rounding.
                _factor[i, j] = i == j ? Math.Sqrt(Math.Max(sum, double.Epsilon)) : sum / _factor[j, j];
            }
        }
    }

    private void Solve(double[] right)
    {
        for (int i = 0; i < right.Length; i++)
        {
            for (int k = 0; k < i; k++)
            {
                right[i] -= _factor[i, k] * right[k];
            }

            right[i] /= _factor[i, i];
        }

        for (int i = right.Length - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < right.Length; k++)
            {
                right[i] -= _factor[k, i] * right[k];
            }

            right[i] /= _factor[i, i];
        }
    }
}
