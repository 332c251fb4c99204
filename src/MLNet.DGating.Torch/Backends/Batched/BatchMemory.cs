using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Bounds the memory of a device that the runs of a batch may take.</summary>
/// <remarks>The rows are not counted: all runs share them. Runs for which there is no room wait.</remarks>
internal static class BatchMemory
{
    /// <summary>The bytes that all runs of a device may take: 4 GiB.</summary>
    /// <remarks>They leave room for the rows on a card of 8 GiB. libtorch does not tell how much memory is free.</remarks>
    public const long All = 4L << 30;

    /// <summary>The most runs that train in one batch: 64. More no longer share the cost of a call noticeably.</summary>
    public const int LargestBatch = 64;

    // Parameters and velocities: of the networks, before the last iteration, in the stack, and on the way out of it; w, its gradient and
    // two intermediate values; and as much again for the other stacks that are kept.
    private const int CopiesOfParameters = 20;

    // A feature of a batch has a place in the matrix and one in the noise table, 8 bytes each, its value and its noise.
    private const int BytesOfFeature = 24;

    /// <summary>Gives the bytes that one run takes at most.</summary>
    /// <param name="shape">The layers of its network.</param>
    /// <param name="columns">Columns of its design matrix.</param>
    public static long Of(NetworkShape shape, int columns)
    {
        long parameters = shape.Blocks(columns).Sum(block => (long)block.Size);
        return CopiesOfParameters * sizeof(float) * parameters + (long)BytesOfFeature * DGatingDefaults.LargestBatch * columns;
    }
}
