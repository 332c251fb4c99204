using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.DGating;

/// <summary>Multiplies one row at a time with a dense layer, whose weights are laid out for it.</summary>
/// <remarks>
/// Outputs are cut into panels of four vectors (then of one), each stored contiguously over the inputs, so that a panel's sums stay in
/// registers while its weights stream by. The last vector is padded with zeros: there is no scalar tail.
/// </remarks>
internal sealed class PackedLayer
{
    private const int WidePanel = 4;

    private static readonly int s_width = Vector<float>.Count;

    private readonly int _inputCount;
    private readonly float[] _weights;
    private readonly float[] _bias;

    /// <param name="inputCount">Rows of <paramref name="weights"/>.</param>
    /// <param name="outputCount">Columns of <paramref name="weights"/>.</param>
    /// <param name="weights">[inputs, outputs], row by row.</param>
    /// <param name="bias">[outputs]; empty for none.</param>
    public PackedLayer(int inputCount, int outputCount, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        _inputCount = inputCount;
        PaddedOutputCount = Pad(outputCount);
        _weights = new float[(long)inputCount * PaddedOutputCount];
        _bias = new float[PaddedOutputCount];
        bias.CopyTo(_bias);

        int position = 0;
        for (int start = 0, width; start < PaddedOutputCount; start += width)
        {
            width = PanelWidth(start);
            int used = Math.Min(width, outputCount - start);
            for (int i = 0; i < inputCount; i++, position += width)
            {
                weights.Slice((i * outputCount) + start, used).CopyTo(_weights.AsSpan(position));
            }
        }
    }

    /// <summary>Outputs rounded up to whole vectors: what the output span must hold.</summary>
    public int PaddedOutputCount { get; }

    /// <summary>The length of a buffer that holds a number of values in whole vectors.</summary>
    public static int Pad(int count) => (count + s_width - 1) / s_width * s_width;

    /// <summary>outputs = inputs · weights + bias.</summary>
    public void Apply(ReadOnlySpan<float> inputs, Span<float> outputs) => Run(inputs, _bias, outputs);

    /// <summary>outputs += inputs · weights.</summary>
    public void Accumulate(ReadOnlySpan<float> inputs, Span<float> outputs) => Run(inputs, outputs, outputs);

    private void Run(ReadOnlySpan<float> inputs, ReadOnlySpan<float> start, Span<float> outputs)
    {
        // The kernels below read without bounds checks.
        inputs = inputs[.._inputCount];
        outputs = outputs[..PaddedOutputCount];
        start = start[..PaddedOutputCount];

        ref float weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        ref float x = ref MemoryMarshal.GetReference(inputs);
        for (int at = 0, width; at < outputs.Length; at += width)
        {
            width = PanelWidth(at);
            ref float from = ref Unsafe.AsRef(in start[at]);
            if (width == WidePanel * s_width)
            {
                RunWide(ref weights, ref x, _inputCount, ref from, ref outputs[at]);
            }
            else
            {
                RunNarrow(ref weights, ref x, _inputCount, ref from, ref outputs[at]);
            }

            weights = ref Unsafe.Add(ref weights, _inputCount * width);
        }
    }

    private int PanelWidth(int start) => PaddedOutputCount - start >= WidePanel * s_width ? WidePanel * s_width : s_width;

    // Eight sums in flight (two inputs by four vectors) hide the latency of a multiply-add.
    private static void RunWide(ref float weights, ref float x, int inputCount, ref float from, ref float to)
    {
        nuint v = (nuint)Vector<float>.Count;
        Vector<float> a0 = Vector.LoadUnsafe(ref from), a1 = Vector.LoadUnsafe(ref from, v);
        Vector<float> a2 = Vector.LoadUnsafe(ref from, 2 * v), a3 = Vector.LoadUnsafe(ref from, 3 * v);
        Vector<float> b0 = default, b1 = default, b2 = default, b3 = default;

        int i = 0;
        for (; i + 1 < inputCount; i += 2)
        {
            var x0 = new Vector<float>(Unsafe.Add(ref x, i));
            var x1 = new Vector<float>(Unsafe.Add(ref x, i + 1));
            a0 = Vector.FusedMultiplyAdd(x0, Vector.LoadUnsafe(ref weights), a0);
            a1 = Vector.FusedMultiplyAdd(x0, Vector.LoadUnsafe(ref weights, v), a1);
            a2 = Vector.FusedMultiplyAdd(x0, Vector.LoadUnsafe(ref weights, 2 * v), a2);
            a3 = Vector.FusedMultiplyAdd(x0, Vector.LoadUnsafe(ref weights, 3 * v), a3);
            b0 = Vector.FusedMultiplyAdd(x1, Vector.LoadUnsafe(ref weights, 4 * v), b0);
            b1 = Vector.FusedMultiplyAdd(x1, Vector.LoadUnsafe(ref weights, 5 * v), b1);
            b2 = Vector.FusedMultiplyAdd(x1, Vector.LoadUnsafe(ref weights, 6 * v), b2);
            b3 = Vector.FusedMultiplyAdd(x1, Vector.LoadUnsafe(ref weights, 7 * v), b3);
            weights = ref Unsafe.Add(ref weights, 8 * v);
        }

        if (i < inputCount)
        {
            var x0 = new Vector<float>(Unsafe.Add(ref x, i));
            a0 = Vector.FusedMultiplyAdd(x0, Vector.LoadUnsafe(ref weights), a0);
            a1 = Vector.FusedMultiplyAdd(x0, Vector.LoadUnsafe(ref weights, v), a1);
            a2 = Vector.FusedMultiplyAdd(x0, Vector.LoadUnsafe(ref weights, 2 * v), a2);
            a3 = Vector.FusedMultiplyAdd(x0, Vector.LoadUnsafe(ref weights, 3 * v), a3);
        }

        (a0 + b0).StoreUnsafe(ref to);
        (a1 + b1).StoreUnsafe(ref to, v);
        (a2 + b2).StoreUnsafe(ref to, 2 * v);
        (a3 + b3).StoreUnsafe(ref to, 3 * v);
    }

    private static void RunNarrow(ref float weights, ref float x, int inputCount, ref float from, ref float to)
    {
        nuint v = (nuint)Vector<float>.Count;
        Vector<float> a = Vector.LoadUnsafe(ref from), b = default, c = default, d = default;

        int i = 0;
        for (; i + 3 < inputCount; i += 4)
        {
            a = Vector.FusedMultiplyAdd(new Vector<float>(Unsafe.Add(ref x, i)), Vector.LoadUnsafe(ref weights), a);
            b = Vector.FusedMultiplyAdd(new Vector<float>(Unsafe.Add(ref x, i + 1)), Vector.LoadUnsafe(ref weights, v), b);
            c = Vector.FusedMultiplyAdd(new Vector<float>(Unsafe.Add(ref x, i + 2)), Vector.LoadUnsafe(ref weights, 2 * v), c);
            d = Vector.FusedMultiplyAdd(new Vector<float>(Unsafe.Add(ref x, i + 3)), Vector.LoadUnsafe(ref weights, 3 * v), d);
            weights = ref Unsafe.Add(ref weights, 4 * v);
        }

        for (; i < inputCount; i++)
        {
            a = Vector.FusedMultiplyAdd(new Vector<float>(Unsafe.Add(ref x, i)), Vector.LoadUnsafe(ref weights), a);
            weights = ref Unsafe.Add(ref weights, v);
        }

        (a + b + (c + d)).StoreUnsafe(ref to);
    }
}
