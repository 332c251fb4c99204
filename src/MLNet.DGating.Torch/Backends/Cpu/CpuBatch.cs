namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Holds the rows of one step. Their number never changes, so that every buffer and view is made once.</summary>
internal sealed class CpuBatch(CpuKernel kernel, int rows, int columns) : IDisposable
{
    public int Rows { get; } = rows;

    /// <summary>The standardized features [rows, columns]; without columns where the kernel's rows are sparse.</summary>
    public CpuMatrix Features { get; } = new(rows, kernel.IsSparse ? 0 : columns);

    /// <summary>The standardized features where the kernel's rows are sparse; else null.</summary>
    public SparseBatch? Sparse { get; } = kernel.IsSparse ? new SparseBatch(rows, columns) : null;

    /// <summary>The targets [rows, target width].</summary>
    public CpuMatrix Targets { get; } = new(rows, kernel.TargetWidth);

    /// <summary>The weights [rows, 1]; 0 for padding.</summary>
    public CpuMatrix Weights { get; } = new(rows, 1);

    public void Dispose()
    {
        Features.Dispose();
        Targets.Dispose();
        Weights.Dispose();
    }
}
