namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Holds an ungated matrix of parameters with its gradient and its velocity.</summary>
internal sealed class Parameter(int rows, int columns) : IDisposable
{
    public CpuMatrix Value { get; } = new(rows, columns);

    public CpuMatrix Gradient { get; } = new(rows, columns);

    public CpuMatrix Velocity { get; } = new(rows, columns);

    public void Dispose()
    {
        Value.Dispose();
        Gradient.Dispose();
        Velocity.Dispose();
    }
}
