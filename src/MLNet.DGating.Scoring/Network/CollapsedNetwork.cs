using System.Numerics;
using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>
/// What remains of a trained network after selection: the selected slots and plain dense layers over them, without gates.
/// Scores a row as output(activation(… hidden(z))) + z · skip, where z are the standardized selected slots.
/// No hidden layer: a linear model. No selected slot: a constant model. Immutable, so one instance serves any number of threads,
/// each with a <see cref="Scratch"/> of its own.
/// </summary>
internal sealed class CollapsedNetwork
{
    private readonly PackedLayer[] _packedHidden;
    private readonly PackedLayer _packedOutput;
    private readonly PackedLayer? _packedSkip;

    /// <param name="inputs">The selected slots and their standardization.</param>
    /// <param name="hidden">The hidden layers in order; the first reads the selected slots. May be empty.</param>
    /// <param name="activation">Applied after each hidden layer.</param>
    /// <param name="output">Reads the last hidden layer, or the selected slots where there is none.</param>
    /// <param name="skip">Weights from the standardized slots straight to the outputs, row-major [k, outputs]; null for none.</param>
    public CollapsedNetwork(
        SelectedInputs inputs, IReadOnlyList<DenseLayer> hidden, DGatingActivation activation, DenseLayer output, float[]? skip = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentNullException.ThrowIfNull(output);
        if (!Enum.IsDefined(activation))
            throw new ArgumentOutOfRangeException(nameof(activation), activation, "Must be Relu or Tanh.");

        int width = inputs.Slots.Length;
        foreach (DenseLayer layer in hidden.Append(output))
        {
            if (layer.InputCount != width)
                throw new ArgumentException($"A layer reads {layer.InputCount} inputs, but what is before it gives {width}.", nameof(hidden));
            width = layer.OutputCount;
        }

        if (skip is not null)
            Numbers.CheckFinite(skip, (long)inputs.Slots.Length * output.OutputCount, nameof(skip));

        Inputs = inputs;
        Hidden = hidden;
        Activation = activation;
        Output = output;
        Skip = skip;
        _packedHidden = [.. hidden.Select(Pack)];
        _packedOutput = Pack(output);
        _packedSkip = skip is null ? null : new PackedLayer(inputs.Slots.Length, output.OutputCount, skip, []);
    }

    public SelectedInputs Inputs { get; }

    public IReadOnlyList<DenseLayer> Hidden { get; }

    public DGatingActivation Activation { get; }

    public DenseLayer Output { get; }

    public float[]? Skip { get; }

    public int OutputCount => Output.OutputCount;

    public Scratch CreateScratch() => new(this);

    /// <summary>Scores a row of all slots into <paramref name="scores"/> (at least <see cref="OutputCount"/> long). Allocates nothing.</summary>
    public void Score(ReadOnlySpan<float> row, Span<float> scores, Scratch scratch)
    {
        Inputs.Read(row, scratch.Inputs);
        Score(scores, scratch);
    }

    /// <inheritdoc cref="Score(ReadOnlySpan{float}, Span{float}, Scratch)"/>
    public void Score(in VBuffer<float> row, Span<float> scores, Scratch scratch)
    {
        Inputs.Read(row, scratch.Inputs);
        Score(scores, scratch);
    }

    /// <summary>
    /// The norm of everything that leaves each selected slot, on standardized features: ‖w_j‖ over the first layer and the skip.
    /// In the order of <see cref="SelectedInputs.Slots"/>.
    /// </summary>
    public float[] InputNorms()
    {
        DenseLayer first = Hidden.Count > 0 ? Hidden[0] : Output;
        var norms = new float[first.InputCount];
        for (int i = 0; i < norms.Length; i++)
        {
            norms[i] = TensorPrimitives.Norm(first.Weights.AsSpan(i * first.OutputCount, first.OutputCount));
            if (Skip is not null)
                norms[i] = float.Hypot(norms[i], TensorPrimitives.Norm(Skip.AsSpan(i * OutputCount, OutputCount)));
        }

        return norms;
    }

    private static PackedLayer Pack(DenseLayer layer) => new(layer.InputCount, layer.OutputCount, layer.Weights, layer.Bias);

    private void Score(Span<float> scores, Scratch scratch)
    {
        float[] values = scratch.Inputs, next = scratch.First, other = scratch.Second;
        foreach (PackedLayer layer in _packedHidden)
        {
            layer.Apply(values, next);
            Activate(next.AsSpan(0, layer.PaddedOutputCount));
            (values, next, other) = (next, other, next);
        }

        _packedOutput.Apply(values, next);
        _packedSkip?.Accumulate(scratch.Inputs, next);
        next.AsSpan(0, OutputCount).CopyTo(scores);
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

    /// <summary>The buffers of one caller; not to be shared between threads.</summary>
    public sealed class Scratch
    {
        internal Scratch(CollapsedNetwork network)
        {
            int widest = network._packedHidden.Append(network._packedOutput).Max(layer => layer.PaddedOutputCount);
            Inputs = new float[network.Inputs.PaddedCount];
            First = new float[widest];
            Second = new float[widest];
        }

        internal float[] Inputs { get; }

        internal float[] First { get; }

        internal float[] Second { get; }
    }
}
