namespace MLNet.DGating.Torch;

/// <summary>The gated layer: ω and γ are what moves, w = ω γ^(D−1) is what multiplies the features.</summary>
internal sealed class GatedParameter(GroupLayout groups, int width) : IDisposable
{
    public GroupLayout Groups { get; } = groups;

    public int Width { get; } = width;

    /// <summary>ω [columns, width].</summary>
    public Buffer Primary { get; } = new(groups.Columns, width);

    /// <summary>w [columns, width].</summary>
    public Buffer Effective { get; } = new(groups.Columns, width);

    /// <summary>∂L/∂w [columns, width], without penalty.</summary>
    public Buffer Gradient { get; } = new(groups.Columns, width);

    public Buffer PrimaryVelocity { get; } = new(groups.Columns, width);

    /// <summary>γ [groups, 1].</summary>
    public Buffer Gates { get; } = new(groups.Count, 1);

    public Buffer GateVelocity { get; } = new(groups.Count, 1);

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
