namespace MLNet.DGating.Torch.Sharding;

/// <summary>Connects the processes of which each holds a shard of the rows, its ranks, numbered from 0.</summary>
/// <remarks>All ranks make the same calls in the same order, and what a call gives has the same bits on all of them.</remarks>
internal interface IRanks
{
    /// <summary>The number of this process, from 0.</summary>
    int Rank { get; }

    /// <summary>The number of processes, at least 1.</summary>
    int Size { get; }

    /// <summary>Gives the bytes of every rank to all ranks.</summary>
    byte[][] AllGather(byte[] bytes);

    /// <summary>Replaces numbers by their sums over all ranks, added in the order of the ranks.</summary>
    /// <param name="values">As many numbers on every rank.</param>
    void AllReduce(Span<float> values);

    /// <summary>Replaces numbers by their sums over all ranks, added in the order of the ranks.</summary>
    /// <param name="values">As many numbers on every rank.</param>
    void AllReduce(Span<double> values);
}
