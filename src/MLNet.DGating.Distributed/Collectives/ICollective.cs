using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Distributed.Collectives;

/// <summary>Connects the processes of a job, its ranks, which are numbered from 0.</summary>
/// <remarks>
/// <para>
/// All messages are between rank 0 and another rank. Messages from one rank to another arrive in the order in which they were sent. No call
/// waits in native code, so that a rank which waits learns that another one has gone, and leaves its processor to those that compute.
/// </para>
/// <para>One thread at a time may call the methods. The collective calls (barrier, broadcast, gather, sum) are made by all ranks in the
/// same order, and throw <see cref="RankLeftException"/> where a rank has left.</para>
/// </remarks>
internal interface ICollective : IRanks, IDisposable
{
    /// <summary>What was sent so far.</summary>
    Traffic Sent { get; }

    /// <summary>Sends a message, and does not wait until it has arrived. One to a rank that has left is dropped.</summary>
    /// <param name="rank">The receiver: rank 0, or on rank 0 any other.</param>
    /// <param name="tag">What the message is about.</param>
    /// <param name="bytes">The content, which must not be changed any more.</param>
    void Send(int rank, MessageTag tag, byte[] bytes);

    /// <summary>Takes the oldest message that has arrived, from any rank. It does not wait.</summary>
    bool TryReceive(out Message message);

    /// <summary>Throws if a rank has left that this one needs: on rank 0 any rank, else rank 0.</summary>
    /// <exception cref="RankLeftException">A rank has left.</exception>
    void ThrowIfLeft();

    /// <summary>Waits until all ranks have come to the same call.</summary>
    /// <exception cref="RankLeftException">A rank has left.</exception>
    void Barrier();

    /// <summary>Gives the bytes of rank 0 to all ranks.</summary>
    /// <param name="bytes">The bytes; only those of rank 0 are read.</param>
    /// <exception cref="RankLeftException">A rank has left.</exception>
    byte[] Broadcast(byte[] bytes);

    /// <summary>Gives the bytes of every rank to rank 0; other ranks get an empty list, and do not wait.</summary>
    /// <exception cref="RankLeftException">A rank has left.</exception>
    byte[][] Gather(byte[] bytes);

    /// <summary>Leaves because of a failure; the others then end with a sentence that names this rank and the reason.</summary>
    /// <remarks>Where they do not learn of it within some seconds, such as while they read rows, the whole job is ended.</remarks>
    /// <param name="reason">The reason, a sentence.</param>
    void Abort(string reason);
}
