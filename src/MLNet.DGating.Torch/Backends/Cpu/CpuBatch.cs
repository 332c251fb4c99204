namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Holds the rows of one step. Their number never changes, so that every buffer and view is made once.</summary>
internal sealed class CpuBatch : IDisposable
{
    /// <param name="kernel">Reads the rows.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="layer">
    /// The gated layer that the features are multiplied with; null where the network reads features itself.
    /// </param>
    public CpuBatch(CpuKernel kernel, int rows, GatedParameter? layer = null)
    {
        Rows = rows;
        Targets = new CpuMatrix(rows, kernel.TargetWidth);
        Weights = new CpuMatrix(rows, 1);
        bool isDense = layer is not null && !kernel.IsSparse && !kernel.IsPiecewise;
        Features = new CpuMatrix(rows, isDense ? layer!.Groups.Columns : 0);
        if (layer is not null)
        {
            Sparse = kernel.IsSparse ? new SparseBatch(rows, layer.Groups.Columns) : null;
            Piecewise = kernel.PiecewiseBatchFor(layer, rows);
            Parts = Features.Columns >= ColumnParts.LeastColumns ? new ColumnParts(Features, layer, kernel.Team) : null;
        }
    }

    public int Rows { get; }

    /// <summary>The encoded features [rows, columns]; without columns where the kernel's rows are sparse or piecewise linear.</summary>
    public CpuMatrix Features { get; }

    /// <summary>The encoded features where the kernel's rows are sparse; else null.</summary>
    public SparseBatch? Sparse { get; }

    /// <summary>The encoded features where the kernel's rows are piecewise linear; else null.</summary>
    public PiecewiseBatch? Piecewise { get; }

    /// <summary>The parts of the columns where the layer is wide and the rows are dense; else null.</summary>
    public ColumnParts? Parts { get; }

    /// <summary>The targets [rows, target width].</summary>
    public CpuMatrix Targets { get; }

    /// <summary>The weights [rows, 1]; 0 for padding.</summary>
    public CpuMatrix Weights { get; }

    public void Dispose()
    {
        Parts?.Dispose();
        Features.Dispose();
        Piecewise?.Dispose();
        Targets.Dispose();
        Weights.Dispose();
    }
}
