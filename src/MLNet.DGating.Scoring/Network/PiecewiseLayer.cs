using System.Numerics;
using System.Runtime.InteropServices;
using MLNet.DGating.Model;

namespace MLNet.DGating;

/// <summary>Multiplies one row at a time with the first layer of a network on a piecewise-linear encoding.</summary>
/// <remarks>
/// The product of a number with all its ramps is kept for every edge of its intervals, so that a row needs the two edges of one interval
/// and the linear column, however many intervals there are. Outputs that an input does not reach are left out: in a layer of embeddings
/// each slot reaches few of them.
/// </remarks>
internal sealed class PiecewiseLayer
{
    private static readonly int s_width = Vector<float>.Count;

    private readonly float[] _bias;
    private readonly Input[] _inputs;

    /// <param name="encoding">The piecewise-linear encoding.</param>
    /// <param name="layer">The layer that reads its columns.</param>
    /// <param name="skip">Weights from the columns to the scores [columns, scores]; null for none.</param>
    /// <param name="scores">The number of scores.</param>
    public PiecewiseLayer(InputEncoding encoding, DenseLayer layer, float[]? skip, int scores)
    {
        SkipStart = PackedLayer.Pad(layer.Outputs);
        int width = SkipStart + (skip is null ? 0 : PackedLayer.Pad(scores));
        _bias = new float[width];
        layer.Bias.CopyTo(_bias, 0);
        _inputs = new Input[encoding.Inputs];
        float[][] rows = new float[1 + Enumerable.Range(0, encoding.Inputs).Select(encoding.ColumnCount).DefaultIfEmpty(0).Max()][];
        for (int input = 0; input < encoding.Inputs; input++)
        {
            int first = encoding.FirstColumn(input), count = encoding.ColumnCount(input);
            for (int i = 0; i < count; i++)
            {
                rows[i] = new float[width];
                layer.Weights.AsSpan((first + i) * layer.Outputs, layer.Outputs).CopyTo(rows[i]);
                skip?.AsSpan((first + i) * scores, scores).CopyTo(rows[i].AsSpan(SkipStart));
            }

            _inputs[input] = new Input(encoding, first, rows[..count]);
        }
    }

    /// <summary>The place of the scores of the skip connection among the outputs.</summary>
    public int SkipStart { get; }

    /// <summary>The length of the outputs: those of the layer and those of the skip connection, each in whole vectors.</summary>
    public int Width => _bias.Length;

    /// <summary>Computes the values of the layer for the raw values of a row.</summary>
    /// <param name="values">The raw values [inputs].</param>
    /// <param name="outputs">Receives the values, at least <see cref="Width"/> long.</param>
    public void Apply(ReadOnlySpan<float> values, Span<float> outputs)
    {
        _bias.CopyTo(outputs);
        for (int i = 0; i < _inputs.Length; i++)
        {
            _inputs[i].AddTo(values[i], outputs);
        }
    }

    /// <summary>Holds the weights of one input: those of its linear column, and the products of its edges.</summary>
    private sealed class Input
    {
        private readonly float _offset, _scale, _low, _high;
        private readonly bool _isZeroWhereMissing;
        private readonly float[] _edges, _inverseWidths;
        private readonly float[] _linear, _products;
        private readonly int _start, _length;

        public Input(InputEncoding encoding, int first, float[][] rows)
        {
            (_offset, _scale) = (encoding.Offsets[first], encoding.Scales[first]);
            (_low, _high) = (encoding.Lows[first], encoding.Highs[first]);
            _isZeroWhereMissing = encoding.IsZeroWhereMissing;
            int width = rows[0].Length;
            int[] reached = [.. Enumerable.Range(0, width).Where(output => Array.Exists(rows, row => row[output] != 0))];
            // An input that reaches nothing still passes on a missing value.
            _start = reached.FirstOrDefault() / s_width * s_width;
            _length = PackedLayer.Pad(reached.LastOrDefault() + 1 - _start);
            _linear = rows[0].AsSpan(_start, _length).ToArray();
            int ramps = rows.Length - 1;
            _edges = encoding.Offsets.AsSpan(first + 1, ramps).ToArray();
            _inverseWidths = new float[ramps];
            _products = new float[(ramps + 1) * _length];
            for (int t = 0; t < ramps && encoding.Centers.Length > 0; t++)
            {
                for (int i = 0; i < _length; i++)
                {
                    _products[i] -= encoding.Centers[first + 1 + t] * rows[t + 1][_start + i];
                }
            }

            for (int t = 0; t < ramps; t++)
            {
                float high = encoding.Highs[first + 1 + t];
                _inverseWidths[t] = (float)((double)encoding.Scales[first + 1 + t] / high);
                for (int i = 0; i < _length; i++)
                {
                    _products[(t + 1) * _length + i] = _products[t * _length + i] + high * rows[t + 1][_start + i];
                }
            }
        }

        public void AddTo(float value, Span<float> outputs)
        {
            if (_isZeroWhereMissing && float.IsNaN(value))
            {
                return;
            }

            // Math.Clamp keeps NaN, so that a missing value makes the scores NaN.
            var linear = new Vector<float>(Math.Clamp((value - _offset) * _scale, _low, _high));
            Span<Vector<float>> to = MemoryMarshal.Cast<float, Vector<float>>(outputs.Slice(_start, _length));
            ReadOnlySpan<Vector<float>> weights = MemoryMarshal.Cast<float, Vector<float>>(_linear);
            if (_edges.Length == 0)
            {
                for (int i = 0; i < to.Length; i++)
                {
                    to[i] += linear * weights[i];
                }

                return;
            }

            int edge = IntervalSearch.LowerEdge(_edges, value);
            var place = new Vector<float>(Math.Clamp((value - _edges[edge]) * _inverseWidths[edge], 0, 1));
            ReadOnlySpan<Vector<float>> lower =
                MemoryMarshal.Cast<float, Vector<float>>(_products.AsSpan(edge * _length, _length));
            ReadOnlySpan<Vector<float>> upper =
                MemoryMarshal.Cast<float, Vector<float>>(_products.AsSpan((edge + 1) * _length, _length));
            for (int i = 0; i < to.Length; i++)
            {
                Vector<float> from = lower[i];
                to[i] += linear * weights[i] + from + place * (upper[i] - from);
            }
        }
    }
}
