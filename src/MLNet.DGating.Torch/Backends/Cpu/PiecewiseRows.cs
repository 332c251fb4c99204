using System.Numerics;
using System.Runtime.InteropServices;
using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Holds the piecewise-linear features of the rows of one step, and multiplies the ramps of each row with tables.</summary>
/// <remarks>
/// The intervals of a row's values are searched once, if all rows' fit in memory. A missing value is in none, and adds nothing.
/// </remarks>
internal sealed class PiecewiseRows : IDisposable
{
    /// <summary>The most values of which the intervals are kept.</summary>
    private const long LargestMemory = 1 << 25;

    private readonly InputEncoding _encoding;
    private readonly RampEdges _edges;
    private readonly int[] _linearColumns;
    private readonly float[] _raw;
    private readonly int[] _edgesOfRows;
    private readonly float[] _placesOfRows;
    private readonly int[] _batch;
    private int[] _knownEdges = [];
    private float[] _knownPlaces = [];
    private float[] _knownLinear = [];
    private bool[] _isKnown = [];
    private bool _remembers;

    /// <param name="encoding">The piecewise-linear encoding.</param>
    /// <param name="edges">The edges of the encoding.</param>
    /// <param name="rows">The number of rows of a step.</param>
    public PiecewiseRows(InputEncoding encoding, RampEdges edges, int rows)
    {
        _encoding = encoding;
        _edges = edges;
        _linearColumns = [.. Enumerable.Range(0, encoding.Inputs).Select(encoding.FirstColumn)];
        _raw = new float[encoding.Inputs];
        _edgesOfRows = new int[rows * edges.Inputs.Length];
        _placesOfRows = new float[rows * edges.Inputs.Length];
        _batch = new int[rows];
        Linear = new CpuMatrix(rows, encoding.Inputs);
    }

    /// <summary>The linear columns [rows, inputs].</summary>
    public CpuMatrix Linear { get; }

    private int Numbers => _edges.Inputs.Length;

    /// <summary>Reads these rows; −1 is a row without any values.</summary>
    public void Load(FeatureRows features, ReadOnlySpan<int> rows)
    {
        if (_isKnown.Length == 0)
        {
            Remember(features);
        }

        rows.CopyTo(_batch);
        for (int i = 0; i < rows.Length; i++)
        {
            Span<float> linear = Linear.Span.Slice(i * _raw.Length, _raw.Length);
            Span<int> edges = _edgesOfRows.AsSpan(i * Numbers, Numbers);
            Span<float> places = _placesOfRows.AsSpan(i * Numbers, Numbers);
            int row = rows[i];
            if (row < 0)
            {
                linear.Clear();
            }
            else if (!_remembers)
            {
                Find(features, row, linear, edges, places);
            }
            else
            {
                Span<float> knownLinear = _knownLinear.AsSpan(row * _raw.Length, _raw.Length);
                Span<int> knownEdges = _knownEdges.AsSpan(row * Numbers, Numbers);
                Span<float> knownPlaces = _knownPlaces.AsSpan(row * Numbers, Numbers);
                if (!_isKnown[row])
                {
                    Find(features, row, knownLinear, knownEdges, knownPlaces);
                    _isKnown[row] = true;
                }

                knownLinear.CopyTo(linear);
                knownEdges.CopyTo(edges);
                knownPlaces.CopyTo(places);
            }
        }
    }

    /// <summary>Adds the products of the ramps of every row to a matrix.</summary>
    /// <param name="tables">The tables of the layer.</param>
    /// <param name="target">The matrix [rows, …].</param>
    /// <param name="offsets">The first of the outputs of each number in a row of the matrix; null where it is 0 for all.</param>
    /// <param name="width">The number of outputs of a number.</param>
    public void AddProducts(RampTables tables, CpuMatrix target, int[]? offsets, int width)
    {
        Span<float> sum = stackalloc float[tables.Stride];
        for (int i = 0; i < _batch.Length; i++)
        {
            if (_batch[i] < 0)
            {
                continue;
            }

            Span<float> line = target.Span.Slice(i * target.Columns, target.Columns);
            if (offsets is null)
            {
                line.CopyTo(sum);
                for (int number = 0; number < Numbers; number++)
                {
                    Interpolate(tables, i * Numbers + number, sum);
                }

                sum[..width].CopyTo(line);
                continue;
            }

            for (int number = 0; number < Numbers; number++)
            {
                Span<float> part = line.Slice(offsets[number], width);
                part.CopyTo(sum);
                Interpolate(tables, i * Numbers + number, sum);
                sum[..width].CopyTo(part);
            }
        }
    }

    /// <summary>Adds the slopes of every row to the gradient of the tables.</summary>
    /// <param name="tables">The tables of the layer.</param>
    /// <param name="slopes">The slopes of the products [rows, …].</param>
    /// <param name="offsets">The first of the outputs of each number in a row of the matrix; null where it is 0 for all.</param>
    /// <param name="width">The number of outputs of a number.</param>
    public void AddGradients(RampTables tables, CpuMatrix slopes, int[]? offsets, int width)
    {
        Span<float> part = stackalloc float[tables.Stride];
        part.Clear();
        for (int i = 0; i < _batch.Length; i++)
        {
            if (_batch[i] < 0)
            {
                continue;
            }

            ReadOnlySpan<float> line = slopes.Span.Slice(i * slopes.Columns, slopes.Columns);
            for (int number = 0; number < Numbers; number++)
            {
                if (number == 0 || offsets is not null)
                {
                    line.Slice(offsets?[number] ?? 0, width).CopyTo(part);
                }

                Spread(tables, i * Numbers + number, part);
            }
        }
    }

    public void Dispose() => Linear.Dispose();

    // Rows that are replaced during training are read anew.
    private void Remember(FeatureRows features)
    {
        _remembers = !features.AreReplaced && (long)features.Rows * (_raw.Length + 2L * Numbers) <= LargestMemory;
        _isKnown = new bool[features.Rows];
        int remembered = _remembers ? features.Rows : 0;
        (_knownEdges, _knownPlaces) = (new int[remembered * Numbers], new float[remembered * Numbers]);
        _knownLinear = new float[remembered * _raw.Length];
    }

    private void Find(FeatureRows features, int row, Span<float> linear, Span<int> edges, Span<float> places)
    {
        features.ReadRaw(row, _raw);
        for (int input = 0; input < linear.Length; input++)
        {
            linear[input] = _encoding.Encode(_linearColumns[input], _raw[input]);
        }

        for (int number = 0; number < edges.Length; number++)
        {
            (edges[number], places[number]) = _edges.Find(number, _raw[_edges.Inputs[number]]);
        }
    }

    private void Interpolate(RampTables tables, int value, Span<float> sum)
    {
        if (_edgesOfRows[value] < 0)
        {
            return;
        }

        int stride = tables.Stride, vectors = stride / Vector<float>.Count;
        ReadOnlySpan<Vector<float>> edges =
            MemoryMarshal.Cast<float, Vector<float>>(tables.Values.AsSpan(_edgesOfRows[value] * stride, 2 * stride));
        Span<Vector<float>> sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
        var place = new Vector<float>(_placesOfRows[value]);
        for (int k = 0; k < vectors; k++)
        {
            sums[k] += edges[k] + place * (edges[vectors + k] - edges[k]);
        }
    }

    private void Spread(RampTables tables, int value, ReadOnlySpan<float> slope)
    {
        if (_edgesOfRows[value] < 0)
        {
            return;
        }

        int stride = tables.Stride, vectors = stride / Vector<float>.Count;
        Span<Vector<float>> edges =
            MemoryMarshal.Cast<float, Vector<float>>(tables.Gradient.AsSpan(_edgesOfRows[value] * stride, 2 * stride));
        ReadOnlySpan<Vector<float>> slopes = MemoryMarshal.Cast<float, Vector<float>>(slope);
        var place = new Vector<float>(_placesOfRows[value]);
        for (int k = 0; k < vectors; k++)
        {
            Vector<float> upper = slopes[k] * place;
            edges[vectors + k] += upper;
            edges[k] += slopes[k] - upper;
        }
    }
}
