using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Holds a preallocated matrix on the CPU: a tensor for matrix products, and its memory as a span.</summary>
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

    /// <summary>The contiguous tensor [rows, columns].</summary>
    public Tensor Tensor { get; }

    /// <summary>A transposed view of <see cref="Tensor"/>, made once.</summary>
    public Tensor Transposed { get; }

    /// <summary>The memory of the tensor. It does not move, since it belongs to libtorch and not to the garbage collector.</summary>
    public Span<float> Span => new(_data, Elements);

    /// <summary>Whether all values are finite.</summary>
    public bool IsFinite => Elements == 0 || TensorPrimitives.IsFiniteAll<float>(Span);

    /// <summary>Gives a view of some columns; the caller owns it.</summary>
    /// <param name="from">The first column.</param>
    /// <param name="count">The number of columns.</param>
    public Tensor ColumnView(int from, int count) => Tensor.narrow(1, from, count).DetachFromDisposeScope();

    /// <summary>Gives a view of some rows; the caller owns it.</summary>
    /// <param name="from">The first row.</param>
    /// <param name="count">The number of rows.</param>
    public Tensor RowView(int from, int count) => Tensor.narrow(0, from, count).DetachFromDisposeScope();

    public void Write(ReadOnlySpan<float> values) => values.CopyTo(Span);

    /// <summary>Copies the values, row by row.</summary>
    public float[] Read() => Span.ToArray();

    public void Dispose()
    {
        Transposed.Dispose();
        Tensor.Dispose();
    }
}
