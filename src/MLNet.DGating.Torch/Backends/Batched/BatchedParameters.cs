using MLNet.DGating.Torch.Interop;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>What moves in networks of one shape that stand side by side.</summary>
/// <remarks>
/// A velocity is kept as the mean of the gradients, (1 − μ) Σ μ^i g: so momentum is one interpolation. Gates are kept by column; all
/// columns of a group have the same. A column that a member does not have, or no longer, is all zero, and nothing ever moves it.
/// </remarks>
/// <param name="Primary">ω [members, columns, gated width].</param>
/// <param name="PrimaryVelocity">The same.</param>
/// <param name="Gates">γ [members, columns, 1].</param>
/// <param name="GateVelocity">The same.</param>
/// <param name="Ungated">The gated layer's bias, then weights and bias of each layer above [members, 1, all].</param>
/// <param name="UngatedVelocity">The same.</param>
internal sealed record BatchedParameters(Tensor Primary, Tensor PrimaryVelocity, Tensor Gates, Tensor GateVelocity, Tensor Ungated, Tensor UngatedVelocity) : IDisposable
{
    public int Columns => (int)Primary.shape[1];

    /// <summary>Copies side by side, as wide as the widest.</summary>
    public static BatchedParameters Stack(IReadOnlyList<BatchedParameters> members)
    {
        int columns = members.Max(member => member.Columns);
        Tensor Side(Func<BatchedParameters, Tensor> part) => PaddedStack.Of(members.Select(part), dimension: 1, columns);
        return new BatchedParameters(
            Side(member => member.Primary), Side(member => member.PrimaryVelocity), Side(member => member.Gates), Side(member => member.GateVelocity),
            TorchSharp.torch.cat([.. members.Select(member => member.Ungated)], 0), TorchSharp.torch.cat([.. members.Select(member => member.UngatedVelocity)], 0));
    }

    /// <summary>Views of the first members.</summary>
    public BatchedParameters First(int members) => Map(tensor => tensor.narrow(0, 0, members), tensor => tensor.narrow(0, 0, members));

    /// <summary>Views of one member with its own columns; the caller owns them.</summary>
    public BatchedParameters Of(int member, int columns) => Map(
        tensor => tensor.narrow(0, member, 1).narrow(1, 0, columns).DetachFromDisposeScope(), tensor => tensor.narrow(0, member, 1).DetachFromDisposeScope());

    /// <summary>Copies with these columns alone; the caller owns them.</summary>
    public BatchedParameters Select(Tensor columns) => Map(
        tensor => tensor.index_select(1, columns).DetachFromDisposeScope(), tensor => tensor.clone().DetachFromDisposeScope());

    /// <summary>These columns are zero from now on.</summary>
    public void Clear(Tensor columns)
    {
        foreach (Tensor part in (Tensor[])[Primary, PrimaryVelocity, Gates, GateVelocity])
        {
            part.index_fill_(1, columns, LiveScalar.Of(0));
        }
    }

    public void Dispose()
    {
        foreach (Tensor part in (Tensor[])[Primary, PrimaryVelocity, Gates, GateVelocity, Ungated, UngatedVelocity])
        {
            part.Dispose();
        }
    }

    private BatchedParameters Map(Func<Tensor, Tensor> gated, Func<Tensor, Tensor> ungated) => new(
        gated(Primary), gated(PrimaryVelocity), gated(Gates), gated(GateVelocity), ungated(Ungated), ungated(UngatedVelocity));
}
