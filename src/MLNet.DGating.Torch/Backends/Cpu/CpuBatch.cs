namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Holds the rows of one step. Their number never changes, so that every buffer and view is made once.</summary>
/// <param name="kernel">Reads the rows.</param>
/// <param name="rows">The number of rows.</param>
/// <param name="layer">The gated layer that the features are multiplied with; null where the network reads features itself.</param>
internal sealed class CpuBatch(CpuKernel kernel, int rows, GatedParameter? layer = null) : IDisposable
{
    public int Rows { get; } = rows;

    /// <summary>The encoded features [rows, columns]; without columns where the kernel's rows are sparse or piecewise linear.</summary>
    public CpuMatrix Features { get; } = new(rows, kernel.IsSparse || kernel.IsPiecewise || layer is null ? 0 : layer.Groups.Columns);

    /// <summary>The encoded features where the kernel's rows are sparse; else null.</summary>
    public SparseBatch? Sparse { get; } = kernel.IsSparse && layer is not null ? new SparseBatch(rows, layer.Groups.Columns) : null;

    /// <summary>The encoded features where the kernel's rows are piecewise linear; else null.</summary>
    public PiecewiseBatch? Piecewise { get; } = layer is null ? null : kernel.PiecewiseBatchFor(layer, rows);

    /// <summary>The targets [rows, target width].</summary>
    public CpuMatrix Targets { get; } = new(rows, kernel.TargetWidth);

    /// <summary>The weights [rows, 1]; 0 for padding.</summary>
    public CpuMatrix Weights { get; } = new(rows, 1);

    public void Dispose()
    {
        Features.Dispose();
        Piecewise?.Dispose();
        Targets.Dispose();
        Weights.Dispose();
    }
}
