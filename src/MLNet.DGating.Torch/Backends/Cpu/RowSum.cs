using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Sums some rows of a matrix with weights, in registers.</summary>
internal static class RowSum
{
    private const int Lanes = 16;
    private const int Registers = 4;

    /// <summary>Writes Σ_k weights[k] · (row rows[k] of the source) to one row of the target.</summary>
    /// <param name="source">The matrix to read.</param>
    /// <param name="rows">Numbers of the source's rows.</param>
    /// <param name="weights">One weight for each of these rows.</param>
    /// <param name="target">The matrix to write to, with as many columns as the source.</param>
    /// <param name="row">The row of the target that is written.</param>
    public static void Weighted(CpuMatrix source, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, CpuMatrix target, int row)
    {
        int width = source.Columns, column = 0;
        ref float from = ref MemoryMarshal.GetReference(source.Span);
        Span<float> to = target.Span.Slice(row * width, width);
        for (; column <= width - Registers * Lanes; column += Registers * Lanes)
        {
            Vector512<float> a = default, b = default, c = default, d = default;
            for (int k = 0; k < rows.Length; k++)
            {
                ref float values = ref Unsafe.Add(ref from, (nint)rows[k] * width + column);
                var weight = Vector512.Create(weights[k]);
                a = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref values), weight, a);
                b = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref values, Lanes), weight, b);
                c = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref values, 2 * Lanes), weight, c);
                d = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref values, 3 * Lanes), weight, d);
            }

            a.CopyTo(to[column..]);
            b.CopyTo(to[(column + Lanes)..]);
            c.CopyTo(to[(column + 2 * Lanes)..]);
            d.CopyTo(to[(column + 3 * Lanes)..]);
        }

        for (; column <= width - Lanes; column += Lanes)
        {
            Vector512<float> sum = default;
            for (int k = 0; k < rows.Length; k++)
            {
                sum = Vector512.FusedMultiplyAdd(
                    Vector512.LoadUnsafe(ref from, (nuint)((nint)rows[k] * width + column)), Vector512.Create(weights[k]), sum);
            }

            sum.CopyTo(to[column..]);
        }

        for (; column < width; column++)
        {
            float sum = 0;
            for (int k = 0; k < rows.Length; k++)
            {
                sum += weights[k] * Unsafe.Add(ref from, (nint)rows[k] * width + column);
            }

            to[column] = sum;
        }
    }
}
