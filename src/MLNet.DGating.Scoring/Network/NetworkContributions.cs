using System.Numerics.Tensors;
using MLNet.DGating.Model;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Splits the scores of a row, less those of a reference, into contributions of the selected slots (docs/theory.md §18).</summary>
/// <remarks>
/// At the reference every encoded column is 0: the mean of the training rows where columns are centred. A neuron passes on the slope of the
/// secant between its value at the reference and its value for the row, so that contributions add up at every layer. Numbers are kept in
/// double precision, so that large contributions that cancel do not lose digits. Of a model of curves and pairs a slot has its curve's part
/// and half of the part of its pairs, and the reference has neither (§32). Immutable; each thread has a <see cref="Scratch"/>.
/// </remarks>
internal sealed class NetworkContributions
{
    // Layer by layer, the output at the end: the weights [inputs, outputs], and what the reference has before the activation [outputs].
    private readonly double[][] _weights;
    private readonly double[][] _biases;
    private readonly double[][] _reference;
    private readonly double[]? _skip;

    // The input of each selected slot for its missing values; −1 for none.
    private readonly int[] _indicatorOf;

    // The functions of pairs, where the hidden neurons are theirs; else null.
    private readonly PairBlocks? _pairs;

    /// <param name="network">The network.</param>
    /// <param name="pairs">The functions of pairs that its hidden neurons are; null for an ordinary network.</param>
    public NetworkContributions(CollapsedNetwork network, PairBlocks? pairs = null)
    {
        Network = network;
        _pairs = pairs;
        DenseLayer[] layers = [.. network.Hidden, network.Output];
        _weights = Array.ConvertAll(layers, layer => ToDouble(layer.Weights));
        _biases = Array.ConvertAll(layers, layer => ToDouble(layer.Bias));
        _skip = network.Skip is null ? null : ToDouble(network.Skip);
        ReadOnlySpan<int> indicated = network.Inputs.Indicated;
        _indicatorOf = new int[network.Inputs.Slots.Length];
        Array.Fill(_indicatorOf, -1);
        for (int i = 0; i < indicated.Length; i++)
        {
            _indicatorOf[indicated[i]] = _indicatorOf.Length + i;
        }

        _reference = Array.ConvertAll(_biases, bias => new double[bias.Length]);
        Forward(new double[network.Inputs.Encoding.Columns], _reference, new double[Widest]);
        ReferenceScores = pairs is null ? Array.ConvertAll(_reference[^1], score => (float)score) : [.. network.Output.Bias];
    }

    public CollapsedNetwork Network { get; }

    /// <summary>The scores of the reference [outputs].</summary>
    public float[] ReferenceScores { get; }

    private int Widest => _biases.Max(bias => bias.Length);

    public Scratch CreateScratch() => new(this);

    /// <summary>Reads a row, for which <see cref="Contribute"/> then gives the contributions to each output.</summary>
    /// <param name="row">A row of all slots.</param>
    /// <param name="scratch">The caller's buffers.</param>
    public void Read(in VBuffer<float> row, Scratch scratch)
    {
        Network.Inputs.Read(in row, scratch.Values);
        Network.Inputs.Encode(scratch.Values, scratch.Encoded);
        for (int column = 0; column < scratch.Columns.Length; column++)
        {
            scratch.Columns[column] = scratch.Encoded[column];
        }

        Forward(scratch.Columns, scratch.Layers, scratch.Inputs);
        if (_pairs is not null)
        {
            ReadPairs(_pairs, scratch);
            return;
        }

        for (int layer = 0; layer < Network.Hidden.Count; layer++)
        {
            Span<double> values = scratch.Layers[layer];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = SecantSlope(_reference[layer][i], values[i]);
            }
        }
    }

    /// <summary>Gives the contributions to one output of the row that was read.</summary>
    /// <param name="output">The number of the output.</param>
    /// <param name="contributions">Receives a number for each selected slot, in their order.</param>
    /// <param name="scratch">The buffers that the row was read into.</param>
    public void Contribute(int output, Span<float> contributions, Scratch scratch)
    {
        double[] slopes = scratch.Inputs, before = scratch.Outputs;
        slopes[0] = 1;
        int width = 1;
        for (int layer = Network.Hidden.Count; layer > 0; layer--)
        {
            double[] secants = scratch.Layers[layer - 1];
            for (int i = 0; i < secants.Length; i++)
            {
                before[i] = secants[i] * Leaving(layer, i, output, slopes.AsSpan(0, width));
            }

            (slopes, before) = (before, slopes);
            width = secants.Length;
        }

        InputEncoding encoding = Network.Inputs.Encoding;
        for (int slot = 0; slot < _indicatorOf.Length; slot++)
        {
            double sum = OfInput(slot);
            // What the indicator of a missing value adds is a part of its slot.
            contributions[slot] = (float)(_indicatorOf[slot] < 0 ? sum : sum + OfInput(_indicatorOf[slot]));
        }

        for (int pair = 0; pair < scratch.Pairs.GetLength(1); pair++)
        {
            AddHalf(_pairs!.All[pair].FirstPlaces, scratch.Pairs[output, pair], contributions);
            AddHalf(_pairs.All[pair].SecondPlaces, scratch.Pairs[output, pair], contributions);
        }

        double OfInput(int input)
        {
            double sum = 0;
            for (int column = encoding.FirstColumn(input); column < encoding.FirstColumn(input + 1); column++)
            {
                // Most columns of a sparse row are at the reference.
                if (scratch.Columns[column] != 0)
                {
                    double skip = _skip is null ? 0 : _skip[(column * Network.OutputCount) + output];
                    sum += scratch.Columns[column] * (Leaving(0, column, output, slopes.AsSpan(0, width)) + skip);
                }
            }

            return sum;
        }
    }

    // What the pairs add is known; their neurons have no other part in the score.
    private static void ReadPairs(PairBlocks pairs, Scratch scratch)
    {
        for (int output = 0; output < scratch.Pairs.GetLength(0); output++)
        {
            for (int pair = 0; pair < pairs.All.Count; pair++)
            {
                scratch.Pairs[output, pair] = pairs.Value(pairs.All[pair], scratch.Layers[0], output);
            }
        }

        Array.Clear(scratch.Layers[0]);
    }

    // The slots of a category have equal parts.
    private static void AddHalf(int[] places, double value, Span<float> contributions)
    {
        foreach (int place in places)
        {
            contributions[place] += (float)(value / 2 / places.Length);
        }
    }

    private static double[] ToDouble(float[] values) => Array.ConvertAll(values, value => (double)value);

    // The slope of an input of a layer: of the last layer only the weight to the output in question matters.
    private double Leaving(int layer, int input, int output, ReadOnlySpan<double> slopes)
    {
        int outputs = _biases[layer].Length;
        return layer == Network.Hidden.Count
            ? _weights[layer][(input * outputs) + output]
            : TensorPrimitives.Dot(_weights[layer].AsSpan(input * outputs, outputs), slopes);
    }

    private void Forward(double[] columns, double[][] layers, double[] activated)
    {
        for (int layer = 0; layer < layers.Length; layer++)
        {
            ReadOnlySpan<double> inputs = layer == 0 ? columns : activated.AsSpan(0, layers[layer - 1].Length);
            Span<double> outputs = layers[layer];
            _biases[layer].CopyTo(outputs);
            for (int i = 0; i < inputs.Length; i++)
            {
                if (inputs[i] != 0)
                {
                    TensorPrimitives.MultiplyAdd(_weights[layer].AsSpan(i * outputs.Length, outputs.Length), inputs[i], outputs, outputs);
                }
            }

            for (int i = 0; i < outputs.Length; i++)
            {
                activated[i] = Network.Activation == DGatingActivation.Tanh
                    ? Math.Tanh(outputs[i])
                    : Math.Max(outputs[i], 0);
            }
        }
    }

    // (σ(to) − σ(from)) / (to − from), without the difference of nearly equal numbers; the derivative where both are equal.
    private double SecantSlope(double from, double to)
    {
        double change = to - from;
        if (Network.Activation == DGatingActivation.Tanh)
        {
            // tanh a − tanh b = tanh(a − b) (1 − tanh a tanh b).
            double ratio = change == 0 ? 1 : Math.Tanh(change) / change;
            return ratio * (1 - (Math.Tanh(from) * Math.Tanh(to)));
        }

        if (from > 0 && to > 0)
        {
            return 1;
        }

        return from <= 0 && to <= 0 ? 0 : (Math.Max(to, 0) - Math.Max(from, 0)) / change;
    }

    /// <summary>Holds the buffers of one caller; not to be shared between threads.</summary>
    public sealed class Scratch
    {
        internal Scratch(NetworkContributions contributions)
        {
            (Values, Encoded) = contributions.Network.Inputs.CreateBuffers();
            Columns = new double[contributions.Network.Inputs.Encoding.Columns];
            Layers = Array.ConvertAll(contributions._biases, bias => new double[bias.Length]);
            Inputs = new double[contributions.Widest];
            Outputs = new double[contributions.Widest];
            Pairs = new double[contributions.Network.OutputCount, contributions._pairs?.All.Count ?? 0];
        }

        /// <summary>What each pair adds to each output [outputs, pairs].</summary>
        internal double[,] Pairs { get; }

        internal float[] Values { get; }

        internal float[] Encoded { get; }

        /// <summary>The encoded columns.</summary>
        internal double[] Columns { get; }

        /// <summary>For each hidden layer the slopes of its neurons' secants.</summary>
        internal double[][] Layers { get; }

        internal double[] Inputs { get; }

        internal double[] Outputs { get; }
    }
}
