using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Holds the gated layer: ω and γ are trained, w = ω γ^(D−1) multiplies the features.</summary>
internal sealed class GatedParameter(GroupLayout groups, int width, int activated) : IDisposable
{
    public GroupLayout Groups { get; } = groups;

    public int Width { get; } = width;

    /// <summary>The number of columns that pass through the activation; those of the skip connection are behind them.</summary>
    public int ActivatedWidth { get; } = activated;

    /// <summary>The primary weights ω [columns, width].</summary>
    public CpuMatrix Primary { get; } = new(groups.Columns, width);

    /// <summary>The effective weights w [columns, width].</summary>
    public CpuMatrix Effective { get; } = new(groups.Columns, width);

    /// <summary>The gradient ∂L/∂w without the penalty [columns, width].</summary>
    public CpuMatrix Gradient { get; } = new(groups.Columns, width);

    public CpuMatrix PrimaryVelocity { get; } = new(groups.Columns, width);

    /// <summary>The gates γ [groups, 1].</summary>
    public CpuMatrix Gates { get; } = new(groups.Count, 1);

    public CpuMatrix GateVelocity { get; } = new(groups.Count, 1);

    public void Dispose()
    {
        Primary.Dispose();
        Effective.Dispose();
        Gradient.Dispose();
        PrimaryVelocity.Dispose();
        Gates.Dispose();
        GateVelocity.Dispose();
    }
}
