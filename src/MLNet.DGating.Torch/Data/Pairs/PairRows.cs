using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data.Encodings;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Data.Pairs;

/// <summary>Sets candidate pairs beside features that have a curve, as further groups of a training set.</summary>
/// <remarks>
/// Every cell of a pair is an input of one column; all cells of a pair are one group of variance 1, as the columns of a curve are. The
/// groups of curves always stay.
/// </remarks>
internal sealed class PairRows
{
    private readonly TrainingSet _data;
    private readonly int[] _trainingRows;
    private readonly DesignMatrix _cells;
    private readonly float[] _scales;

    /// <param name="data">The rows.</param>
    /// <param name="curves">The groups with a curve, ascending.</param>
    /// <param name="encoding">The encoding of all inputs, which the curves have.</param>
    /// <param name="grids">The grids of the candidates.</param>
    /// <param name="trainingRows">The numbers of the rows to train on.</param>
    public PairRows(TrainingSet data, int[] curves, InputEncoding encoding, IReadOnlyList<PairGrid> grids, int[] trainingRows)
    {
        (_data, _trainingRows) = (data, trainingRows);
        GridPlace[][] places = Places(grids);
        Cells = [.. grids.Select((grid, pair) => new PairCells(grid, Masses(grid, places[pair])))];
        _cells = Matrix(places);
        double[] deviations = Deviations();
        _scales = Scales(deviations);

        int[] inputs = data.Groups.InputsOf(curves);
        int[] sizes = [.. curves.Select(data.Groups.InputCount), .. Cells.Select(pair => pair.Grid.Cells)];
        GroupTerms[] terms =
        [
            .. curves.Select(_ => GroupTerms.Ordinary with { IsKept = true }), .. Cells.Select(_ => GroupTerms.Ordinary),
        ];
        InputEncoding whole = Beside(encoding.Select(inputs), deviations);
        Data = data with
        {
            Features = new PairMatrix(data.Features.Select(inputs), _cells),
            // The variance of a pair is that of one slot.
            Groups = GroupLayout.Create(sizes, terms, Array.ConvertAll(sizes, _ => 1)),
            Given = new GivenEncoding(whole, [.. Enumerable.Range(0, whole.Inputs)]),
        };
    }

    /// <summary>The rows, with a group for each curve and behind them one for each pair.</summary>
    public TrainingSet Data { get; }

    /// <summary>The cells of each pair.</summary>
    public PairCells[] Cells { get; }

    /// <summary>Gives the mean square over the training rows of a function of a pair, which has the mean 0.</summary>
    /// <param name="pair">The number of the pair.</param>
    /// <param name="weights">The weight of each of its cells.</param>
    public double MeanSquare(int pair, double[] weights)
    {
        float[] single = Array.ConvertAll(weights, weight => (float)weight);
        int first = FirstCell(pair);
        double squares = 0, total = 0;
        foreach (int row in _trainingRows)
        {
            double value = TensorPrimitives.Dot<float>(_cells.Row(row).Slice(first, single.Length), single);
            double weight = _data.Weights?[row] ?? 1;
            squares += weight * value * value;
            total += weight;
        }

        return squares / total;
    }

    /// <summary>Gives the factors by which weights of a pair's columns become weights of its cells.</summary>
    /// <param name="pair">The number of the pair.</param>
    public float[] Factors(int pair)
    {
        int first = FirstCell(pair), cells = Cells[pair].Grid.Cells;
        float[] skipFactors = Data.Given!.Encoding.SkipFactors[^_scales.Length..];
        return [.. Enumerable.Range(first, cells).Select(cell => _scales[cell] * skipFactors[cell])];
    }

    private int FirstCell(int pair) => Cells.Take(pair).Sum(one => one.Grid.Cells);

    private GridPlace[][] Places(IReadOnlyList<PairGrid> grids)
    {
        var points = new Dictionary<int, AxisPoint[]>();
        foreach (PairGrid grid in grids)
        {
            points.TryAdd(grid.First, Points(grid.A));
            points.TryAdd(grid.Second, Points(grid.B));
        }

        return
        [
            .. grids.Select(grid => points[grid.First].Zip(points[grid.Second], grid.Place).ToArray()),
        ];
    }

    private AxisPoint[] Points(PairAxis axis)
    {
        float[] values = new float[axis.Inputs.Length];
        var points = new AxisPoint[_data.Rows];
        for (int row = 0; row < points.Length; row++)
        {
            _data.Features.Read(row, axis.Inputs, values);
            points[row] = axis.Find(values);
        }

        return points;
    }

    private double[] Masses(PairGrid grid, GridPlace[] places)
    {
        double[] masses = new double[grid.Nodes];
        foreach (int row in _trainingRows)
        {
            places[row].Spread(_data.Weights?[row] ?? 1, masses);
        }

        return masses;
    }

    private DesignMatrix Matrix(GridPlace[][] places)
    {
        var matrix = new DesignMatrix(Cells.Sum(pair => pair.Grid.Cells));
        for (int row = 0; row < _data.Rows; row++)
        {
            Span<float> values = matrix.AddRow();
            for (int pair = 0; pair < Cells.Length; pair++)
            {
                int cells = Cells[pair].Grid.Cells;
                Cells[pair].Write(places[pair][row], values[..cells]);
                values = values[cells..];
            }
        }

        return matrix;
    }

    // The mean of every cell over the training rows is 0.
    private double[] Deviations()
    {
        double[] squares = new double[_cells.Columns];
        double total = 0;
        foreach (int row in _trainingRows)
        {
            double weight = _data.Weights?[row] ?? 1;
            total += weight;
            ReadOnlySpan<float> values = _cells.Row(row);
            for (int i = 0; i < values.Length; i++)
            {
                squares[i] += weight * values[i] * values[i];
            }
        }

        return Array.ConvertAll(squares, square => Math.Sqrt(square / total));
    }

    // One factor for all cells of a pair, by which their variances add up to 1.
    private float[] Scales(double[] deviations)
    {
        float[] scales = new float[deviations.Length];
        int first = 0;
        foreach (PairCells pair in Cells)
        {
            int cells = pair.Grid.Cells;
            double norm = TensorPrimitives.Norm<double>(deviations.AsSpan(first, cells));
            scales.AsSpan(first, cells).Fill(norm > 0 ? (float)(1 / norm) : 0);
            first += cells;
        }

        return scales;
    }

    private InputEncoding Beside(InputEncoding curves, double[] deviations)
    {
        var factor = ColumnFactor.OfCurves(_trainingRows.Length);
        int cells = deviations.Length, columns = curves.Columns;
        return new InputEncoding(
            [.. curves.Starts, .. Enumerable.Range(columns + 1, cells)],
            [.. curves.Offsets, .. new float[cells]],
            [.. curves.Scales, .. _scales],
            [.. curves.Lows, .. Enumerable.Repeat(float.NegativeInfinity, cells)],
            [.. curves.Highs, .. Enumerable.Repeat(float.PositiveInfinity, cells)])
        {
            IsPiecewise = true,
            Centers = [.. curves.Centers, .. new float[cells]],
            SkipFactors = [.. curves.SkipFactors, .. deviations.Select((deviation, cell) => factor.Of(deviation * _scales[cell]))],
            IsZeroWhereMissing = curves.IsZeroWhereMissing,
        };
    }
}
