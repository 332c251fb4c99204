namespace MLNet.DGating.Torch.Data.Pairs;

/// <summary>Holds the functions that the function of a pair is a weighted sum of: one for each cell of its grid.</summary>
/// <remarks>
/// docs/theory.md §32. The function of a cell is max(0, step i + step j − 1), less what functions of one feature each can say of it on the
/// training rows. So no sum of them takes anything from the curves.
/// </remarks>
internal sealed class PairCells
{
    private readonly float[][] _valuesAt;

    /// <param name="grid">The grid.</param>
    /// <param name="masses">The weight of the training rows at each node.</param>
    public PairCells(PairGrid grid, double[] masses)
    {
        Grid = grid;
        var fit = new TwoWayFit(masses, grid.A.Nodes, grid.B.Nodes);
        _valuesAt = [.. Enumerable.Range(0, grid.Nodes).Select(_ => new float[grid.Cells])];
        double[] values = new double[grid.Nodes];
        for (int cell = 0; cell < grid.Cells; cell++)
        {
            (int i, int j) = Math.DivRem(cell, grid.B.Nodes - 1);
            for (int node = 0; node < values.Length; node++)
            {
                (int a, int b) = Math.DivRem(node, grid.B.Nodes);
                values[node] = grid.A.IsReached(i + 1, a) && grid.B.IsReached(j + 1, b) ? 1 : 0;
            }

            fit.Purify(values);
            for (int node = 0; node < values.Length; node++)
            {
                _valuesAt[node][cell] = (float)values[node];
            }
        }
    }

    public PairGrid Grid { get; }

    /// <summary>Writes the values of all cells at a place [cells].</summary>
    public void Write(GridPlace place, Span<float> target)
    {
        TensorPrimitives.Multiply(_valuesAt[place.First], place.OfFirst, target);
        TensorPrimitives.MultiplyAdd(_valuesAt[place.Second], place.OfSecond, target, target);
        TensorPrimitives.MultiplyAdd(_valuesAt[place.Third], place.OfThird, target, target);
    }

    /// <summary>Gives the values of a weighted sum of the cells at the nodes.</summary>
    /// <param name="weights">The weight of each cell.</param>
    public double[] Sum(ReadOnlySpan<double> weights)
    {
        double[] values = new double[Grid.Nodes];
        for (int node = 0; node < values.Length; node++)
        {
            for (int cell = 0; cell < weights.Length; cell++)
            {
                values[node] += weights[cell] * _valuesAt[node][cell];
            }
        }

        return values;
    }
}
