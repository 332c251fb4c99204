using MLNet.DGating.Model;
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

    /// <summary>Creates a network without gates, in which each group has an embedding; the caller disposes it.</summary>
    /// <param name="request">Describes the rows and settings.</param>
    /// <param name="shape">The layers; the first hidden one has K neurons for each group.</param>
    /// <param name="embeddingDecay">The decay of the embeddings, in decays of the other weights.</param>
    public abstract ITrainedNetwork CreateEmbedded(NetworkRequest request, NetworkShape shape, double embeddingDecay);

    /// <summary>Carries out independent parts of the run, each in a scope of its own.</summary>
    /// <param name="count">The number of parts.</param>
    /// <param name="part">Carries out the part of a number, 0 to count − 1, in the given scope.</param>
    public abstract void ForEach(int count, Action<int, RunScope> part);
}
