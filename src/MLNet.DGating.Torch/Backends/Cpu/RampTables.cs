using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Keeps, for every edge of the intervals of every number, the product of the encoded edge with a layer.</summary>
/// <remarks>
/// All ramps below the interval of a value are at their highs and all above it at their lows. So the product of an encoded value is
/// (1 − u) · (row of its lower edge) + u · (row of its upper edge), where u is the place of the value in its interval: two rows are read,
/// however many intervals there are. The gradient of the table becomes that of the weights by sums from the end. Rows are whole vectors.
/// </remarks>
internal sealed class RampTables
{
    private static readonly int s_lanes = Vector<float>.Count;

    private readonly RampEdges _edges;
    private readonly float[] _skipFactors;
    private readonly int _width;
    private readonly int _activated;

    /// <param name="edges">The edges of the numbers.</param>
    /// <param name="skipFactors">The factor of each column for the skip connection; empty where all are 1.</param>
    /// <param name="width">The number of outputs of the layer.</param>
    /// <param name="activated">The number of outputs that pass through the activation; the skip connection is behind them.</param>
    public RampTables(RampEdges edges, float[] skipFactors, int width, int activated)
    {
        _edges = edges;
        _skipFactors = skipFactors;
        _width = width;
        _activated = skipFactors.Length > 0 ? activated : width;
        Stride = (width + s_lanes - 1) / s_lanes * s_lanes;
        Values = new float[edges.Count * Stride];
        Gradient = new float[edges.Count * Stride];
    }

    /// <summary>The distance from the row of an edge to that of the next one, in whole vectors.</summary>
    public int Stride { get; }

    /// <summary>The products of the encoded edges with the layer [edges, stride].</summary>
    public float[] Values { get; }

    /// <summary>The gradient of <see cref="Values"/> [edges, stride].</summary>
    public float[] Gradient { get; }

    /// <summary>Computes the table of a layer.</summary>
    /// <param name="layer">The weights [columns, width].</param>
    public void Fill(CpuMatrix layer)
    {
        ref float weights = ref MemoryMarshal.GetReference(layer.Span);
        for (int number = 0; number < _edges.Inputs.Length; number++)
        {
            int output = 0;
            for (; output <= _activated - s_lanes; output += s_lanes)
            {
                Fill(number, ref Unsafe.Add(ref weights, output), output);
            }

            for (; output < _width; output++)
            {
                FillOne(number, ref Unsafe.Add(ref weights, output), output);
            }
        }
    }

    /// <summary>Converts the gradient of the table to that of the layer, and sets the former to zero.</summary>
    /// <param name="layer">Receives the gradient of the columns that are ramps [columns, width].</param>
    public void TakeGradient(CpuMatrix layer)
    {
        ref float gradient = ref MemoryMarshal.GetReference(layer.Span);
        for (int number = 0; number < _edges.Inputs.Length; number++)
        {
            int output = 0;
            for (; output <= _activated - s_lanes; output += s_lanes)
            {
                Read(number, ref Unsafe.Add(ref gradient, output), output);
            }

            for (; output < _width; output++)
            {
                ReadOne(number, ref Unsafe.Add(ref gradient, output), output);
            }
        }

        Array.Clear(Gradient);
    }

    // For one vector of outputs: the first edge has all ramps at their lows, and each further one has one more at its high.
    private void Fill(int number, ref float weights, int output)
    {
        (int first, int ramps, int column) = _edges.Of(number);
        Vector<float> sum = default;
        for (int t = 0; t < ramps; t++)
        {
            sum += Vector.LoadUnsafe(ref weights, (nuint)((column + t) * _width)) * _edges.Lows[first + t];
        }

        ref float table = ref Values[first * Stride + output];
        sum.StoreUnsafe(ref table);
        for (int t = 0; t < ramps; t++)
        {
            sum += Vector.LoadUnsafe(ref weights, (nuint)((column + t) * _width)) * _edges.Rises[first + t];
            sum.StoreUnsafe(ref table, (nuint)((t + 1) * Stride));
        }
    }

    private void FillOne(int number, ref float weights, int output)
    {
        (int first, int ramps, int column) = _edges.Of(number);
        float sum = 0;
        for (int t = 0; t < ramps; t++)
        {
            sum += FactorOf(column + t, output) * Unsafe.Add(ref weights, (column + t) * _width) * _edges.Lows[first + t];
        }

        Values[first * Stride + output] = sum;
        for (int t = 0; t < ramps; t++)
        {
            sum += FactorOf(column + t, output) * Unsafe.Add(ref weights, (column + t) * _width) * _edges.Rises[first + t];
            Values[(first + t + 1) * Stride + output] = sum;
        }
    }

    // The sum over the edges from t + 1 on gets the rise, the sum over all edges the low.
    private void Read(int number, ref float gradient, int output)
    {
        (int first, int ramps, int column) = _edges.Of(number);
        ref float table = ref Gradient[first * Stride + output];
        Vector<float> sum = default;
        for (int t = ramps - 1; t >= 0; t--)
        {
            sum += Vector.LoadUnsafe(ref table, (nuint)((t + 1) * Stride));
            (sum * _edges.Rises[first + t]).StoreUnsafe(ref gradient, (nuint)((column + t) * _width));
        }

        sum += Vector.LoadUnsafe(ref table);
        for (int t = 0; t < ramps; t++)
        {
            nuint at = (nuint)((column + t) * _width);
            (Vector.LoadUnsafe(ref gradient, at) + sum * _edges.Lows[first + t]).StoreUnsafe(ref gradient, at);
        }
    }

    private void ReadOne(int number, ref float gradient, int output)
    {
        (int first, int ramps, int column) = _edges.Of(number);
        float all = 0, above = 0;
        for (int t = 0; t <= ramps; t++)
        {
            all += Gradient[(first + t) * Stride + output];
        }

        for (int t = ramps - 1; t >= 0; t--)
        {
            above += Gradient[(first + t + 1) * Stride + output];
            Unsafe.Add(ref gradient, (column + t) * _width) =
                FactorOf(column + t, output) * (above * _edges.Rises[first + t] + all * _edges.Lows[first + t]);
        }
    }

    private float FactorOf(int column, int output) => output < _activated ? 1 : _skipFactors[column];
}
