using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.DGating;

/// <summary>Multiplies one row at a time with a dense layer, whose weights are laid out for it.</summary>
/// <remarks>
/// Outputs are cut into panels of four vectors (then of one), each stored contiguously over the inputs, so that a panel's sums stay in
/// registers while its weights stream by. The last vector is padded with zeros: there is no scalar tail. Where networks stand side by side
/// in one, a panel reads the inputs of its own network alone.
/// </remarks>
internal sealed class PackedLayer
{
    private const int WidePanel = 4;

    private static readonly int s_width = Vector<float>.Count;

    // A gap of zero weights this long is left out of a panel: a shorter one costs less than to begin anew.
    private const int LeastGap = 8;

    private readonly int _inputCount;
    private readonly float[] _weights;
    private readonly float[] _bias;
    private readonly Panel[] _panels;

    /// <param name="inputCount">Rows of <paramref name="weights"/>.</param>
    /// <param name="outputCount">Columns of <paramref name="weights"/>.</param>
    /// <param name="weights">[inputs, outputs], row by row.</param>
    /// <param name="bias">[outputs]; empty for none.</param>
    /// <param name="readsAll">Whether inputs of weight zero are read as well, so that a missing value reaches the outputs.</param>
    public PackedLayer(
        int inputCount, int outputCount, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, bool readsAll = false)
    {
        _inputCount = inputCount;
        PaddedOutputCount = Pad(outputCount);
        _bias = new float[PaddedOutputCount];
        bias.CopyTo(_bias);

        var packed = new List<float>(inputCount * PaddedOutputCount);
        var panels = new List<Panel>();
        for (int start = 0, width; start < PaddedOutputCount; start += width)
        {
            width = PaddedOutputCount - start >= WidePanel * s_width ? WidePanel * s_width : s_width;
            int used = Math.Min(width, outputCount - start);
            (int First, int Count)[] runs = readsAll ? [(0, inputCount)] : [.. Runs(inputCount, outputCount, weights, start, used)];
            panels.Add(new Panel(start, width, packed.Count, runs));
            foreach ((int first, int count) in runs)
            {
                for (int i = first; i < first + count; i++)
                {
                    packed.AddRange(weights.Slice((i * outputCount) + start, used));
                    packed.AddRange(Enumerable.Repeat(0f, width - used));
                }
            }
        }

        _weights = [.. packed];
        _panels = [.. panels];
    }

    /// <summary>Outputs rounded up to whole vectors: what the output span must hold.</summary>
    public int PaddedOutputCount { get; }

    /// <summary>The length of a buffer that holds a number of values in whole vectors.</summary>
    public static int Pad(int count) => (count + s_width - 1) / s_width * s_width;

    /// <summary>outputs = inputs · weights + bias.</summary>
    public void Apply(ReadOnlySpan<float> inputs, Span<float> outputs) => Run(inputs, _bias, outputs);

    /// <summary>outputs += inputs · weights.</summary>
    public void Accumulate(ReadOnlySpan<float> inputs, Span<float> outputs) => Run(inputs, outputs, outputs);

    // Finds the inputs that a panel reads: those with a weight other than zero, in runs without a long gap.
    private static List<(int First, int Count)> Runs(int inputs, int outputs, ReadOnlySpan<float> weights, int start, int used)
    {
        var runs = new List<(int First, int Count)>();
        for (int i = 0; i < inputs; i++)
        {
            if (!weights.Slice((i * outputs) + start, used).ContainsAnyExcept(0f))
            {
                continue;
            }

            if (runs.Count > 0 && i - (runs[^1].First + runs[^1].Count) < LeastGap)
            {
                runs[^1] = (runs[^1].First, i + 1 - runs[^1].First);
            }
            else
            {
                runs.Add((i, 1));
            }
        }

        return runs;
    }

    private void Run(ReadOnlySpan<float> inputs, ReadOnlySpan<float> start, Span<float> outputs)
    {
        // The kernels below read without bounds checks.
        inputs = inputs[.._inputCount];
        outputs = outputs[..PaddedOutputCount];
        start = start[..PaddedOutputCount];

        ref float x = ref MemoryMarshal.GetReference(inputs);
        foreach (Panel panel in _panels)
        {
            ref float to = ref outputs[panel.Start];
            ref float from = ref Unsafe.AsRef(in start[panel.Start]);
            ref float weights = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_weights), panel.Weights);
            // Without a run the sums are those that they start with.
            int runs = Math.Max(1, panel.Runs.Length);
            for (int i = 0; i < runs; i++, from = ref to)
            {
                (int first, int count) = panel.Runs.Length > 0 ? panel.Runs[i] : default;
                if (panel.Width > s_width)
                {
                    RunWide(ref weights, ref Unsafe.Add(ref x, first), count, ref from, ref to);
                }
                else
                {
                    RunNarrow(ref weights, ref Unsafe.Add(ref x, first), count, ref from, ref to);
                }

                weights = ref Unsafe.Add(ref weights, count * panel.Width);
            }
        }
    }

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

    /// <summary>Describes neighbouring outputs whose sums stay in registers together.</summary>
    /// <param name="Start">The first output.</param>
    /// <param name="Width">The number of outputs.</param>
    /// <param name="Weights">The place of the first weight.</param>
    /// <param name="Runs">The inputs that are read: the first one and the count of each run.</param>
    private readonly record struct Panel(int Start, int Width, int Weights, (int First, int Count)[] Runs);
}
