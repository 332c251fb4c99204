using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>A preallocated matrix on the CPU: a tensor for the matrix products, and its memory as a span for everything else.</summary>
internal sealed unsafe class CpuMatrix : IDisposable
{
    private readonly float* _data;

    public CpuMatrix(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
        Tensor = zeros(rows, columns, ScalarType.Float32, CPU).DetachFromDisposeScope();
        Transposed = Tensor.t().DetachFromDisposeScope();
        if (Elements > 0)
        {
            _data = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Tensor.bytes));
        }
    }

    public int Rows { get; }

    public int Columns { get; }

    public int Elements => Rows * Columns;

    /// <summary>[Rows, Columns], contiguous.</summary>
    public Tensor Tensor { get; }

    /// <summary>A view of <see cref="Tensor"/>, made once.</summary>
    public Tensor Transposed { get; }

    /// <summary>The memory behind the tensor. It does not move: it belongs to libtorch, not to the collector.</summary>
    public Span<float> Span => new(_data, Elements);

    /// <summary>A view of the columns from … from + count − 1; the caller owns it.</summary>
    public Tensor ColumnView(int from, int count) => Tensor.narrow(1, from, count).DetachFromDisposeScope();

    public void Write(ReadOnlySpan<float> values) => values.CopyTo(Span);

    /// <summary>The values, row by row.</summary>
    public float[] Read() => Span.ToArray();

    public void Dispose()
    {
        Transposed.Dispose();
        Tensor.Dispose();
    }
}
