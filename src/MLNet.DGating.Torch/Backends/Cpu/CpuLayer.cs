namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>An ungated layer: parameters, and the values and slopes of one batch.</summary>
internal sealed class CpuLayer(int batchRows, int inputs, int outputs) : IDisposable
{
    /// <summary>[inputs, outputs].</summary>
    public Parameter Weights { get; } = new(inputs, outputs);

    /// <summary>[1, outputs].</summary>
    public Parameter Bias { get; } = new(1, outputs);

    /// <summary>[batch, outputs].</summary>
    public CpuMatrix Values { get; } = new(batchRows, outputs);

    /// <summary>∂L/∂values [batch, outputs].</summary>
    public CpuMatrix Slopes { get; } = new(batchRows, outputs);

    public void Dispose()
    {
        Weights.Dispose();
        Bias.Dispose();
        Values.Dispose();
        Slopes.Dispose();
    }
}
