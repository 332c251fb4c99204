using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.Backends;

/// <summary>Where a run computes: it makes the run's networks, and carries out parts of the run that do not depend on each other.</summary>
internal abstract class RunScope
{
    /// <summary>Whether a run on few of the rows is faster on a copy of them: not where all rows are resident anyway.</summary>
    public abstract bool PrefersCopies { get; }

    /// <summary>Makes a network, which the caller disposes.</summary>
    public abstract INetwork Create(NetworkRequest request);

    /// <summary>Carries out independent parts of the run, each in a scope of its own.</summary>
    /// <param name="count">Parts.</param>
    /// <param name="part">The part of a number.</param>
    public abstract void ForEach(int count, Action<int, RunScope> part);
}
