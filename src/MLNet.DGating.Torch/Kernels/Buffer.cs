using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch;

/// <summary>A preallocated matrix: a tensor for the matrix products and, on the CPU, its memory as a span for everything else.</summary>
internal sealed unsafe class Buffer : IDisposable
{
    private readonly float* _data;

    public Buffer(int rows, int columns, ScalarType type, Device device)
    {
        Rows = rows;
        Columns = columns;
        Tensor = zeros(rows, columns, type, device).DetachFromDisposeScope();
        Transposed = Tensor.t().DetachFromDisposeScope();
        if (device.type == DeviceType.CPU && type == ScalarType.Float32 && rows * (long)columns > 0)
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

    /// <summary>The memory behind a float32 CPU tensor. It does not move: it belongs to libtorch, not to the collector.</summary>
    public Span<float> Span => new(_data, Elements);

    /// <summary>A view of the columns from … from + count − 1; the caller owns it.</summary>
    public Tensor ColumnView(int from, int count) => Tensor.narrow(1, from, count).DetachFromDisposeScope();

    public void Write(ReadOnlySpan<float> values)
    {
        if (_data is not null || values.IsEmpty)
        {
            values.CopyTo(Span);
            return;
        }

        using Tensor source = tensor(values.ToArray(), [Rows, Columns]);
        Tensor.copy_(source);
    }

    /// <summary>The values as float32, row by row.</summary>
    public float[] Read()
    {
        if (_data is not null)
        {
            return Span.ToArray();
        }

        using Tensor single = Tensor.to(ScalarType.Float32);
        using Tensor host = single.cpu();
        return host.data<float>().ToArray();
    }

    public void Dispose()
    {
        Transposed.Dispose();
        Tensor.Dispose();
    }
}
