using System.Numerics;
using System.Runtime.InteropServices;
using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Keeps, for every edge of the intervals of every number, the product of the encoded edge with the gated layer.</summary>
/// <remarks>
/// All ramps below the interval of a value are at their highs and all above it at their lows. So the product of an encoded value is
/// (1 − u) · (row of its lower edge) + u · (row of its upper edge), where u is the place of the value in its interval: two rows are read,
/// however many intervals there are. The gradient of the table becomes that of the weights by sums from the end.
/// </remarks>
internal sealed class RampTables : IDisposable
{
    private readonly int[] _firstColumns;
    private readonly int[] _starts;
    private readonly float[] _edges;
    private readonly float[] _inverseWidths;
    private readonly float[] _lows;
    private readonly float[] _rises;
    private readonly float[] _skipFactors;
    private readonly int _activated;
    private readonly float[] _whole;

    /// <param name="encoding">The piecewise-linear encoding.</param>
    /// <param name="skipFactors">The factor of each column for the skip connection; empty where all are 1.</param>
    /// <param name="width">The number of columns of the gated layer.</param>
    /// <param name="activated">The number of its columns that pass through the activation; the skip connection is behind them.</param>
    public RampTables(InputEncoding encoding, float[] skipFactors, int width, int activated)
    {
        Inputs = [.. Enumerable.Range(0, encoding.Inputs).Where(input => encoding.ColumnCount(input) > 1)];
        _firstColumns = Array.ConvertAll(Inputs, input => encoding.FirstColumn(input) + 1);
        _starts = new int[Inputs.Length + 1];
        for (int i = 0; i < Inputs.Length; i++)
        {
            _starts[i + 1] = _starts[i] + encoding.ColumnCount(Inputs[i]);
        }

        int rows = _starts[^1];
        (_edges, _inverseWidths, _lows, _rises) = (new float[rows], new float[rows], new float[rows], new float[rows]);
        for (int i = 0; i < Inputs.Length; i++)
        {
            for (int t = 0; t + 1 < _starts[i + 1] - _starts[i]; t++)
            {
                int at = _starts[i] + t, column = _firstColumns[i] + t;
                _lows[at] = -encoding.Centers[column];
                _rises[at] = encoding.Highs[column];
                _edges[at] = encoding.Offsets[column];
                _inverseWidths[at] = (float)((double)encoding.Scales[column] / encoding.Highs[column]);
            }
        }

        _skipFactors = skipFactors;
        _activated = activated;
        _whole = new float[width];
        Values = new CpuMatrix(rows, width);
        Gradient = new CpuMatrix(rows, width);
    }

    /// <summary>The inputs that have ramps.</summary>
    public int[] Inputs { get; }

    /// <summary>The products of the encoded edges with the layer [edges of all inputs, width].</summary>
    public CpuMatrix Values { get; }

    /// <summary>The gradient of <see cref="Values"/> [edges of all inputs, width].</summary>
    public CpuMatrix Gradient { get; }

    /// <summary>Finds the interval of a value.</summary>
    /// <param name="number">The number of the input among those that have ramps.</param>
    /// <param name="value">The value.</param>
    /// <returns>The row of the interval's lower edge, and the place of the value in it, 0 to 1; NaN for NaN.</returns>
    public (int Row, float Place) Find(int number, float value)
    {
        int first = _starts[number], low = first, length = _starts[number + 1] - 1 - first;
        while (length > 1)
        {
            int half = length / 2;
            low = _edges[low + half] <= value ? low + half : low;
            length -= half;
        }

        return (low, Math.Clamp((value - _edges[low]) * _inverseWidths[low], 0, 1));
    }

    /// <summary>Gives for each row of the tables the input whose edge it is.</summary>
    public int[] InputOfEdge() => [.. Inputs.SelectMany((input, i) => Enumerable.Repeat(input, _starts[i + 1] - _starts[i]))];

    /// <summary>Computes the table of a layer.</summary>
    /// <param name="layer">The weights [columns, width].</param>
    public void Fill(CpuMatrix layer)
    {
        int width = Values.Columns;
        for (int i = 0; i < Inputs.Length; i++)
        {
            int first = _starts[i], ramps = _starts[i + 1] - 1 - first, column = _firstColumns[i];
            Span<float> row = Row(Values, first);
            row.Clear();
            for (int t = 0; t < ramps; t++)
            {
                Add(Row(layer, column + t), _lows[first + t], column + t, row, row);
            }

            for (int t = 0; t < ramps; t++)
            {
                Add(Row(layer, column + t), _rises[first + t], column + t, Row(Values, first + t), Row(Values, first + t + 1));
            }
        }
    }

    /// <summary>Converts the gradient of the table to that of the layer.</summary>
    /// <param name="layer">Receives the gradient of the columns that are ramps [columns, width].</param>
    public void ReadGradient(CpuMatrix layer)
    {
        for (int i = 0; i < Inputs.Length; i++)
        {
            int first = _starts[i], ramps = _starts[i + 1] - 1 - first, column = _firstColumns[i];
            // The sum over the edges from t + 1 on gets the rise, the sum over all edges the low.
            for (int t = ramps - 1; t > 0; t--)
            {
                Sum(Row(Gradient, first + t), Row(Gradient, first + t + 1));
            }

            Row(Gradient, first).CopyTo(_whole);
            Sum(_whole, Row(Gradient, first + 1));
            for (int t = 0; t < ramps; t++)
            {
                Span<float> target = Row(layer, column + t);
                Combine(_whole, _lows[first + t], Row(Gradient, first + t + 1), _rises[first + t], target);
                ScaleSkip(target, column + t);
            }
        }
    }

    public void Dispose()
    {
        Values.Dispose();
        Gradient.Dispose();
    }

    private static Span<float> Row(CpuMatrix matrix, int row) => matrix.Span.Slice(row * matrix.Columns, matrix.Columns);

    private void ScaleSkip(Span<float> row, int column)
    {
        if (_skipFactors.Length > 0)
        {
            float factor = _skipFactors[column];
            foreach (ref float value in row[_activated..])
            {
                value *= factor;
            }
        }
    }

    // target = addend + scale · weights, with the factor of the column for the skip connection.
    private void Add(ReadOnlySpan<float> weights, float scale, int column, ReadOnlySpan<float> addend, Span<float> target)
    {
        int end = _skipFactors.Length > 0 ? _activated : weights.Length;
        MultiplyAdd(weights[..end], scale, addend, target);
        if (end < weights.Length)
        {
            MultiplyAdd(weights[end..], scale * _skipFactors[column], addend[end..], target[end..]);
        }
    }

    private static void MultiplyAdd(ReadOnlySpan<float> x, float scale, ReadOnlySpan<float> addend, Span<float> target)
    {
        ReadOnlySpan<Vector<float>> xs = MemoryMarshal.Cast<float, Vector<float>>(x);
        ReadOnlySpan<Vector<float>> addends = MemoryMarshal.Cast<float, Vector<float>>(addend);
        Span<Vector<float>> targets = MemoryMarshal.Cast<float, Vector<float>>(target);
        for (int i = 0; i < xs.Length; i++)
        {
            targets[i] = addends[i] + xs[i] * scale;
        }

        for (int i = xs.Length * Vector<float>.Count; i < x.Length; i++)
        {
            target[i] = addend[i] + x[i] * scale;
        }
    }

    private static void Sum(Span<float> target, ReadOnlySpan<float> addend) => MultiplyAdd(addend, 1, target, target);

    private static void Combine(ReadOnlySpan<float> x, float ofX, ReadOnlySpan<float> y, float ofY, Span<float> target)
    {
        ReadOnlySpan<Vector<float>> xs = MemoryMarshal.Cast<float, Vector<float>>(x);
        ReadOnlySpan<Vector<float>> ys = MemoryMarshal.Cast<float, Vector<float>>(y);
        Span<Vector<float>> targets = MemoryMarshal.Cast<float, Vector<float>>(target);
        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] = xs[i] * ofX + ys[i] * ofY;
        }

        for (int i = targets.Length * Vector<float>.Count; i < target.Length; i++)
        {
            target[i] = x[i] * ofX + y[i] * ofY;
        }
    }
}
