using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.Backends;

/// <summary>Creates the networks of a run on its device, and carries out independent parts of the run.</summary>
internal abstract class RunScope
{
    /// <summary>Whether a run on few of the rows is faster on a copy of them.</summary>
    /// <remarks>It is not where all rows are resident on a device.</remarks>
    public abstract bool PrefersCopies { get; }

    /// <summary>Creates a network, which the caller disposes.</summary>
    public abstract INetwork Create(NetworkRequest request);

    /// <summary>Carries out independent parts of the run, each in a scope of its own.</summary>
    /// <param name="count">The number of parts.</param>
    /// <param name="part">Carries out the part of a number, 0 to count − 1, in the given scope.</param>
    public abstract void ForEach(int count, Action<int, RunScope> part);
}
