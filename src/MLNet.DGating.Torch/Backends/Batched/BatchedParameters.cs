using MLNet.DGating.Torch.Interop;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Holds the parameters and velocities of several networks of one shape.</summary>
/// <remarks>
/// A velocity is kept as the mean of the gradients, (1 − μ) Σ μ^i g, so that momentum is one interpolation. Gates are kept by column; all
/// columns of a group have the same. A column that a network does not have is zero everywhere, and no gradient changes it.
/// </remarks>
/// <param name="Primary">ω [networks, columns, gated width].</param>
/// <param name="PrimaryVelocity">The velocity of ω [networks, columns, gated width].</param>
/// <param name="Gates">γ [networks, columns, 1].</param>
/// <param name="GateVelocity">The velocity of γ [networks, columns, 1].</param>
/// <param name="Ungated">The gated layer's bias, then weights and bias of each layer above [networks, 1, all].</param>
/// <param name="UngatedVelocity">The velocity of the ungated parameters [networks, 1, all].</param>
internal sealed record BatchedParameters(
    Tensor Primary, Tensor PrimaryVelocity, Tensor Gates, Tensor GateVelocity, Tensor Ungated, Tensor UngatedVelocity) : IDisposable
{
    public int Columns => (int)Primary.shape[1];

    /// <summary>Copies the parameters of single networks into one object.</summary>
    /// <param name="networks">The parameters of each network.</param>
    /// <param name="columns">The number of columns of the object, at least that of every network.</param>
    public static BatchedParameters Stack(IReadOnlyList<BatchedParameters> networks, int columns)
    {
        return new BatchedParameters(
            Gated(network => network.Primary), Gated(network => network.PrimaryVelocity),
            Gated(network => network.Gates), Gated(network => network.GateVelocity),
            Rest(network => network.Ungated), Rest(network => network.UngatedVelocity));

        Tensor Gated(Func<BatchedParameters, Tensor> part) => PaddedStack.Of(networks.Select(part), dimension: 1, columns);

        Tensor Rest(Func<BatchedParameters, Tensor> part) => TorchSharp.torch.cat([.. networks.Select(part)], 0);
    }

    /// <summary>Copies the values of parameters of the same sizes.</summary>
    public void CopyFrom(BatchedParameters other)
    {
        foreach ((Tensor target, Tensor source) in All.Zip(other.All))
        {
            target.copy_(source);
        }
    }

    /// <summary>Tells of each network whether all parameters are finite [networks].</summary>
    public Tensor AreFinite()
    {
        Tensor finite = Of(Primary).logical_and_(Of(Gates));
        return finite.logical_and_(Of(Ungated));

        static Tensor Of(Tensor part) => part.isfinite().view(part.shape[0], -1).all(1);
    }

    /// <summary>Gives views of one network with its own columns; the caller owns them.</summary>
    public BatchedParameters Of(int network, int columns) => Map(
        tensor => tensor.narrow(0, network, 1).narrow(1, 0, columns).DetachFromDisposeScope(),
        tensor => tensor.narrow(0, network, 1).DetachFromDisposeScope());

    /// <summary>Copies the parameters with these columns alone; the caller owns the copy.</summary>
    public BatchedParameters Select(Tensor columns) => Map(
        tensor => tensor.index_select(1, columns).DetachFromDisposeScope(), tensor => tensor.clone().DetachFromDisposeScope());

    /// <summary>Sets the weights, gates and velocities of these columns to zero.</summary>
    public void Clear(Tensor columns)
    {
        foreach (Tensor part in (Tensor[])[Primary, PrimaryVelocity, Gates, GateVelocity])
        {
            part.index_fill_(1, columns, LiveScalar.Of(0));
        }
    }

    public void ClearVelocities()
    {
        PrimaryVelocity.zero_();
        GateVelocity.zero_();
        UngatedVelocity.zero_();
    }

    public void Dispose() => Array.ForEach(All, part => part.Dispose());

    /// <summary>Gives parameters that are made of each of these.</summary>
    public BatchedParameters Map(Func<Tensor, Tensor> part) => Map(part, part);

    private Tensor[] All => [Primary, PrimaryVelocity, Gates, GateVelocity, Ungated, UngatedVelocity];

    private BatchedParameters Map(Func<Tensor, Tensor> gated, Func<Tensor, Tensor> ungated) => new(
        gated(Primary), gated(PrimaryVelocity), gated(Gates), gated(GateVelocity), ungated(Ungated), ungated(UngatedVelocity));
}
