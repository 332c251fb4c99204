using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Holds the piecewise-linear features of the rows of one step.</summary>
/// <param name="encoding">The piecewise-linear encoding.</param>
/// <param name="ramps">Finds the interval of a value.</param>
/// <param name="rows">The number of rows.</param>
internal sealed class PiecewiseRows(InputEncoding encoding, RampTables ramps, int rows) : IDisposable
{
    private readonly int[] _linearColumns = [.. Enumerable.Range(0, encoding.Inputs).Select(encoding.FirstColumn)];
    private readonly float[] _raw = new float[encoding.Inputs];
    private readonly int[] _starts = new int[rows + 1];
    private readonly int[] _edges = new int[2 * rows * ramps.Inputs.Length];
    private readonly float[] _shares = new float[2 * rows * ramps.Inputs.Length];

    /// <summary>The linear columns [rows, inputs].</summary>
    public CpuMatrix Linear { get; } = new(rows, encoding.Inputs);

    /// <summary>Gives the edges between which the numbers of a row lie, as rows of the tables.</summary>
    public ReadOnlySpan<int> EdgesOf(int row) => _edges.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>Gives the share of each edge of <see cref="EdgesOf"/>: 1 − u of the lower one and u of the upper one.</summary>
    public ReadOnlySpan<float> SharesOf(int row) => _shares.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>Reads these rows; −1 is a row of zeros.</summary>
    public void Load(FeatureRows features, ReadOnlySpan<int> numbers)
    {
        int at = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            Span<float> linear = Linear.Span.Slice(i * _raw.Length, _raw.Length);
            linear.Clear();
            if (numbers[i] >= 0)
            {
                features.ReadRaw(numbers[i], _raw);
                for (int input = 0; input < _raw.Length; input++)
                {
                    linear[input] = encoding.Encode(_linearColumns[input], _raw[input]);
                }

                at = AddRamps(at);
            }

            _starts[i + 1] = at;
        }
    }

    public void Dispose() => Linear.Dispose();

    private int AddRamps(int at)
    {
        for (int number = 0; number < ramps.Inputs.Length; number++)
        {
            (int edge, float place) = ramps.Find(number, _raw[ramps.Inputs[number]]);
            (_edges[at], _shares[at++]) = (edge, 1 - place);
            // Values at an edge, which discrete numbers always are, need one row alone.
            if (place != 0)
            {
                (_edges[at], _shares[at++]) = (edge + 1, place);
            }
        }

        return at;
    }
}
