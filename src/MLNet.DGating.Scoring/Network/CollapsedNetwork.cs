using System.Numerics;
using System.Numerics.Tensors;
using MLNet.DGating.Model;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Scores rows with what remains of a trained network: the selected slots and dense layers over them, without gates.</summary>
/// <remarks>
/// A row's scores are output(activation(… hidden(z))) + z · skip, where z are the encoded selected slots. Without hidden layers the model
/// is linear, without selected slots constant. Immutable, so that one instance serves any number of threads, each with a
/// <see cref="Scratch"/> of its own.
/// </remarks>
internal sealed class CollapsedNetwork
{
    private readonly PackedLayer[] _packedHidden;
    private readonly PackedLayer? _packedOutput;
    private readonly PackedLayer? _packedSkip;

    // The first layer where the encoding is piecewise linear; its packed layer and the packed skip are then not used.
    private readonly PiecewiseLayer? _piecewise;

    /// <param name="inputs">The selected slots and their encoding.</param>
    /// <param name="hidden">The hidden layers in order; the first reads the encoded slots. May be empty.</param>
    /// <param name="activation">The function after each hidden layer.</param>
    /// <param name="output">The layer that reads the last hidden one, or the encoded slots where there is none.</param>
    /// <param name="skip">Weights from the encoded slots straight to the outputs [columns, outputs]; null for none.</param>
    /// <exception cref="ArgumentException">A layer holds NaN, infinity or too few numbers, or does not fit the one before.</exception>
    public CollapsedNetwork(
        SelectedInputs inputs, IReadOnlyList<DenseLayer> hidden, DGatingActivation activation, DenseLayer output, float[]? skip = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentNullException.ThrowIfNull(output);
        if (!Enum.IsDefined(activation))
        {
            throw new ArgumentOutOfRangeException(nameof(activation), activation, "Must be Relu or Tanh.");
        }

        int columns = inputs.Encoding.Columns, width = columns;
        foreach (DenseLayer layer in hidden.Append(output))
        {
            if (layer.Inputs != width)
            {
                throw new ArgumentException($"A layer reads {layer.Inputs} inputs, but what is before it gives {width}.", nameof(hidden));
            }

            Check(layer);
            width = layer.Outputs;
        }

        if (skip is not null)
        {
            Numbers.CheckFinite(skip, (long)columns * output.Outputs, nameof(skip));
        }

        Inputs = inputs;
        Hidden = hidden;
        Activation = activation;
        Output = output;
        Skip = skip;
        if (inputs.Encoding.IsPiecewise)
        {
            _piecewise = new PiecewiseLayer(inputs.Encoding, hidden.Count > 0 ? hidden[0] : output, skip, output.Outputs);
            _packedHidden = [.. hidden.Skip(1).Select(layer => Pack(layer))];
            _packedOutput = hidden.Count > 0 ? Pack(output) : null;
            return;
        }

        _packedHidden = [.. hidden.Select((layer, i) => Pack(layer, readsAll: i == 0))];
        _packedOutput = Pack(output, readsAll: hidden.Count == 0);
        _packedSkip = skip is null ? null : new PackedLayer(columns, output.Outputs, skip, [], readsAll: true);
    }

    public SelectedInputs Inputs { get; }

    public IReadOnlyList<DenseLayer> Hidden { get; }

    public DGatingActivation Activation { get; }

    public DenseLayer Output { get; }

    public float[]? Skip { get; }

    public int OutputCount => Output.Outputs;

    public Scratch CreateScratch() => new(this);

    /// <summary>Scores a row of all slots, without allocating.</summary>
    /// <param name="row">[slots].</param>
    /// <param name="scores">At least <see cref="OutputCount"/> long.</param>
    /// <param name="scratch">The caller's buffers.</param>
    public void Score(ReadOnlySpan<float> row, Span<float> scores, Scratch scratch)
    {
        Inputs.Read(row, scratch.Values);
        Score(scores, scratch);
    }

    /// <inheritdoc cref="Score(ReadOnlySpan{float}, Span{float}, Scratch)"/>
    public void Score(in VBuffer<float> row, Span<float> scores, Scratch scratch)
    {
        Inputs.Read(row, scratch.Values);
        Score(scores, scratch);
    }

    /// <summary>The norm of all weights that leave each selected slot: first layer and skip, over all columns of the slot.</summary>
    /// <returns>[selected slots], in the order of <see cref="SelectedInputs.Slots"/>.</returns>
    public float[] InputNorms()
    {
        DenseLayer first = Hidden.Count > 0 ? Hidden[0] : Output;
        InputEncoding encoding = Inputs.Encoding;
        float[] norms = new float[encoding.Inputs];
        for (int input = 0; input < norms.Length; input++)
        {
            int row = encoding.FirstColumn(input), rows = encoding.ColumnCount(input);
            norms[input] = TensorPrimitives.Norm(first.Weights.AsSpan(row * first.Outputs, rows * first.Outputs));
            if (Skip is not null)
            {
                float skipNorm = TensorPrimitives.Norm(Skip.AsSpan(row * OutputCount, rows * OutputCount));
                norms[input] = float.Hypot(norms[input], skipNorm);
            }
        }

        return Inputs.NormsOfSlots(norms);
    }

    private static void Check(DenseLayer layer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layer.Outputs, 1);
        Numbers.CheckFinite(layer.Weights, (long)layer.Inputs * layer.Outputs, "weights");
        Numbers.CheckFinite(layer.Bias, layer.Outputs, "bias");
    }

    private static PackedLayer Pack(DenseLayer layer, bool readsAll = false) =>
        new(layer.Inputs, layer.Outputs, layer.Weights, layer.Bias, readsAll);

    private void Score(Span<float> scores, Scratch scratch)
    {
        float[] values = scratch.Columns, next = scratch.First, other = scratch.Second;
        if (_piecewise is null)
        {
            Inputs.Encode(scratch.Values, scratch.Columns);
        }
        else
        {
            _piecewise.Apply(scratch.Values, scratch.Columns);
            Activate(scratch.Columns.AsSpan(0, Hidden.Count > 0 ? _piecewise.SkipStart : 0));
        }

        foreach (PackedLayer layer in _packedHidden)
        {
            layer.Apply(values, next);
            Activate(next.AsSpan(0, layer.PaddedOutputCount));
            (values, next, other) = (next, other, next);
        }

        if (_packedOutput is not null)
        {
            _packedOutput.Apply(values, next);
            values = next;
        }

        _packedSkip?.Accumulate(scratch.Columns, values);
        values.AsSpan(0, OutputCount).CopyTo(scores);
        if (_piecewise is not null && Skip is not null)
        {
            TensorPrimitives.Add(scores[..OutputCount], scratch.Columns.AsSpan(_piecewise.SkipStart, OutputCount), scores[..OutputCount]);
        }
    }

    private void Activate(Span<float> values)
    {
        if (Activation == DGatingActivation.Tanh)
        {
            TensorPrimitives.Tanh(values, values);
            return;
        }

        // Masking negative values instead of taking a maximum keeps NaN.
        for (int i = 0; i < values.Length; i += Vector<float>.Count)
        {
            var value = new Vector<float>(values[i..]);
            Vector.AndNot(value, Vector.LessThan(value, Vector<float>.Zero).As<int, float>()).CopyTo(values[i..]);
        }
    }

    /// <summary>Holds the buffers of one caller; not to be shared between threads.</summary>
    public sealed class Scratch
    {
        internal Scratch(CollapsedNetwork network)
        {
            int widest = network._packedHidden.Append(network._packedOutput).Max(layer => layer?.PaddedOutputCount ?? 0);
            (Values, Columns) = network.Inputs.CreateBuffers();
            if (network._piecewise is not null)
            {
                Columns = new float[network._piecewise.Width];
            }

            First = new float[widest];
            Second = new float[widest];
        }

        internal float[] Values { get; }

        internal float[] Columns { get; }

        internal float[] First { get; }

        internal float[] Second { get; }
    }
}
