using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Holds the edges of the intervals of all numbers of a piecewise-linear encoding, one input after the other.</summary>
internal sealed class RampEdges
{
    private readonly int[] _firstColumns;
    private readonly int[] _starts;
    private readonly float[] _edges;
    private readonly float[] _inverseWidths;

    /// <param name="encoding">The piecewise-linear encoding.</param>
    public RampEdges(InputEncoding encoding)
    {
        Inputs = [.. Enumerable.Range(0, encoding.Inputs).Where(input => encoding.ColumnCount(input) > 1)];
        _firstColumns = Array.ConvertAll(Inputs, input => encoding.FirstColumn(input) + 1);
        // The linear column stands for the last edge, behind as many ramps as there are intervals.
        _starts = [0, .. Inputs.Select(encoding.ColumnCount)];
        for (int i = 0; i < Inputs.Length; i++)
        {
            _starts[i + 1] += _starts[i];
        }

        (_edges, _inverseWidths, Lows, Rises) = (new float[Count], new float[Count], new float[Count], new float[Count]);
        for (int i = 0; i < Inputs.Length; i++)
        {
            (int first, int ramps, int column) = Of(i);
            for (int t = 0; t < ramps; t++)
            {
                Lows[first + t] = -encoding.Centers[column + t];
                Rises[first + t] = encoding.Highs[column + t];
                _edges[first + t] = encoding.Offsets[column + t];
                _inverseWidths[first + t] = (float)((double)encoding.Scales[column + t] / encoding.Highs[column + t]);
            }
        }
    }

    /// <summary>The inputs that have ramps.</summary>
    public int[] Inputs { get; }

    /// <summary>The number of edges of all inputs.</summary>
    public int Count => _starts[^1];

    /// <summary>The value of the ramp above each edge where its input is below it.</summary>
    public float[] Lows { get; }

    /// <summary>By how much the ramp above each edge rises.</summary>
    public float[] Rises { get; }

    /// <summary>Gives the first edge of a number, how many ramps it has, and the column of the first one.</summary>
    /// <param name="number">The place of the input among those that have ramps.</param>
    public (int First, int Ramps, int Column) Of(int number) =>
        (_starts[number], _starts[number + 1] - _starts[number] - 1, _firstColumns[number]);

    /// <summary>Finds the interval of a value.</summary>
    /// <param name="number">The place of the input among those that have ramps.</param>
    /// <param name="value">The value.</param>
    /// <returns>The interval's lower edge, and the place of the value in it, 0 to 1; edge −1 for a missing value.</returns>
    public (int Edge, float Place) Find(int number, float value)
    {
        if (float.IsNaN(value))
        {
            return (-1, 0);
        }

        (int first, int ramps, _) = Of(number);
        int low = first + IntervalSearch.LowerEdge(_edges.AsSpan(first, ramps), value);
        return (low, Math.Clamp((value - _edges[low]) * _inverseWidths[low], 0, 1));
    }
}
