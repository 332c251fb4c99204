using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>The gated layer: ω and γ are what moves, w = ω γ^(D−1) is what multiplies the features.</summary>
internal sealed class GatedParameter(GroupLayout groups, int width) : IDisposable
{
    public GroupLayout Groups { get; } = groups;

    public int Width { get; } = width;

    /// <summary>ω [columns, width].</summary>
    public CpuMatrix Primary { get; } = new(groups.Columns, width);

    /// <summary>w [columns, width].</summary>
    public CpuMatrix Effective { get; } = new(groups.Columns, width);

    /// <summary>∂L/∂w [columns, width], without penalty.</summary>
    public CpuMatrix Gradient { get; } = new(groups.Columns, width);

    public CpuMatrix PrimaryVelocity { get; } = new(groups.Columns, width);

    /// <summary>γ [groups, 1].</summary>
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
