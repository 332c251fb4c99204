using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Computes the first layer's two products with factors rounded to bfloat16.</summary>
/// <remarks>
/// Some processors multiply such numbers several times as fast. Sums are float32, and so are the weights that are trained; only the factors
/// of a step are rounded to three digits. That error is small beside the sampling noise of the gradient of one batch.
/// </remarks>
internal sealed class Bfloat16Products : IDisposable
{
    /// <summary>The least number of columns: with fewer, rounding costs more than the products save (docs/performance.md).</summary>
    public const int LeastColumns = 192;

    // The CPUID leaf that lists the instruction sets of the processor.
    private const int FeaturesLeaf = 7;
    private readonly RoundedMatrix _features, _weights, _values, _slopes, _gradient;
    private readonly Tensor _featuresTransposed;

    public Bfloat16Products(int rows, int columns, int width)
    {
        _features = new RoundedMatrix(rows, columns);
        _weights = new RoundedMatrix(columns, width);
        _values = new RoundedMatrix(rows, width);
        _slopes = new RoundedMatrix(rows, width);
        _gradient = new RoundedMatrix(columns, width);
        _featuresTransposed = _features.Tensor.t().DetachFromDisposeScope();
    }

    /// <summary>Whether the processor has instructions for such products: AVX512-BF16 or AMX-BF16.</summary>
    public static bool IsSupported { get; } = Vector512.IsHardwareAccelerated && X86Base.IsSupported && HasInstructions();

    /// <summary>Whether the buffers have the size of these features.</summary>
    public bool Fits(CpuMatrix features) =>
        (features.Rows, features.Columns) == ((int)_features.Tensor.shape[0], (int)_features.Tensor.shape[1]);

    /// <summary>Computes values = features · weights, and keeps the features for <see cref="MultiplyTransposed"/>.</summary>
    public void Multiply(CpuMatrix features, CpuMatrix weights, CpuMatrix values)
    {
        Round(features.Span, _features.Span);
        Round(weights.Span, _weights.Span);
        _values.Tensor.addmm_(_features.Tensor, _weights.Tensor, 0);
        Widen(_values.Span, values.Span);
    }

    /// <summary>Computes gradient = featuresᵀ · slopes with the features of the last <see cref="Multiply"/>.</summary>
    public void MultiplyTransposed(CpuMatrix slopes, CpuMatrix gradient)
    {
        Round(slopes.Span, _slopes.Span);
        _gradient.Tensor.addmm_(_featuresTransposed, _slopes.Tensor, 0);
        Widen(_gradient.Span, gradient.Span);
    }

    public void Dispose()
    {
        _featuresTransposed.Dispose();
        foreach (RoundedMatrix matrix in (RoundedMatrix[])[_features, _weights, _values, _slopes, _gradient])
        {
            matrix.Tensor.Dispose();
        }
    }

    /// <summary>Rounds float32 numbers to the nearest bfloat16 numbers, ties to even.</summary>
    /// <remarks>A bfloat16 number is the upper half of a float32; half a unit of it is added before the lower half is cut off.</remarks>
    public static void Round(ReadOnlySpan<float> source, Span<ushort> target)
    {
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(source);
        int i = 0;
        for (; i <= bits.Length - Vector512<ushort>.Count; i += Vector512<ushort>.Count)
        {
            Vector512<uint> lower = Rounded(Vector512.Create(bits[i..]));
            Vector512<uint> upper = Rounded(Vector512.Create(bits[(i + Vector512<uint>.Count)..]));
            Vector512.Narrow(lower, upper).CopyTo(target[i..]);
        }

        for (; i < bits.Length; i++)
        {
            target[i] = (ushort)((bits[i] + 0x7FFF + ((bits[i] >> 16) & 1)) >> 16);
        }

        static Vector512<uint> Rounded(Vector512<uint> values) =>
            (values + Vector512.Create(0x7FFFu) + ((values >>> 16) & Vector512<uint>.One)) >>> 16;
    }

    /// <summary>Converts bfloat16 numbers to float32, which is exact.</summary>
    public static void Widen(ReadOnlySpan<ushort> source, Span<float> target)
    {
        Span<uint> bits = MemoryMarshal.Cast<float, uint>(target);
        int i = 0;
        for (; i <= source.Length - Vector512<ushort>.Count; i += Vector512<ushort>.Count)
        {
            (Vector512<uint> lower, Vector512<uint> upper) = Vector512.Widen(Vector512.Create(source[i..]));
            (lower << 16).CopyTo(bits[i..]);
            (upper << 16).CopyTo(bits[(i + Vector512<uint>.Count)..]);
        }

        for (; i < source.Length; i++)
        {
            bits[i] = (uint)source[i] << 16;
        }
    }

    // Intel's manual, CPUID leaf 7: AVX512_BF16 is bit 5 of EAX of its part 1, AMX-BF16 bit 22 of EDX of its part 0.
    private static bool HasInstructions() =>
        (X86Base.CpuId(FeaturesLeaf, 1).Eax & 1 << 5) != 0 || (X86Base.CpuId(FeaturesLeaf, 0).Edx & 1 << 22) != 0;

    private sealed unsafe class RoundedMatrix
    {
        private readonly ushort* _data;
        private readonly int _length;

        public RoundedMatrix(int rows, int columns)
        {
            Tensor = zeros(rows, columns, ScalarType.BFloat16, CPU).DetachFromDisposeScope();
            _data = (ushort*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Tensor.bytes));
            _length = rows * columns;
        }

        public Tensor Tensor { get; }

        public Span<ushort> Span => new(_data, _length);
    }
}
