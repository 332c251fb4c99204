namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Holds an ungated layer: its parameters, and its values and slopes for one batch.</summary>
internal sealed class CpuLayer(int batchRows, int inputs, int outputs) : IDisposable
{
    /// <summary>The weights [inputs, outputs].</summary>
    public Parameter Weights { get; } = new(inputs, outputs);

    /// <summary>The bias [1, outputs].</summary>
    public Parameter Bias { get; } = new(1, outputs);

    /// <summary>The values of the layer [batch, outputs].</summary>
    public CpuMatrix Values { get; } = new(batchRows, outputs);

    /// <summary>The slopes ∂L/∂values [batch, outputs].</summary>
    public CpuMatrix Slopes { get; } = new(batchRows, outputs);

    public void Dispose()
    {
        Weights.Dispose();
        Bias.Dispose();
        Values.Dispose();
        Slopes.Dispose();
    }
}
