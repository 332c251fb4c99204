using static TorchSharp.torch;

namespace MLNet.DGating.Torch;

/// <summary>A group layout as tensors on the device, remade when the layout changes (groups leave a few times a run).</summary>
internal sealed class GroupIndex(Device device) : IDisposable
{
    private GroupLayout? _layout;
    private Tensor? _groupOfColumn;
    private Tensor? _weights;
    private Tensor? _kept;

    /// <summary>The group of every column [columns], s_j [groups, 1], and which groups always stay [groups, 1], null where none does.</summary>
    public (Tensor GroupOfColumn, Tensor Weights, Tensor? Kept) For(GroupLayout layout, ScalarType type)
    {
        if (!ReferenceEquals(layout, _layout))
        {
            Dispose();
            var groups = new long[layout.Columns];
            for (int j = 0; j < layout.Count; j++)
            {
                Array.Fill(groups, j, layout.Starts[j], layout.Size(j));
            }

            using var scope = NewDisposeScope();
            _groupOfColumn = tensor(groups).to(device).DetachFromDisposeScope();
            _weights = tensor(layout.Weights).to(type).to(device).unsqueeze(1).DetachFromDisposeScope();
            _kept = layout.KeptCount > 0 ? _weights.eq(LiveScalar.Of(0)).DetachFromDisposeScope() : null;
            _layout = layout;
        }

        return (_groupOfColumn!, _weights!, _kept);
    }

    public void Dispose()
    {
        _groupOfColumn?.Dispose();
        _weights?.Dispose();
        _kept?.Dispose();
    }
}
