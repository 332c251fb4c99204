using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>How much of a device's memory runs in lockstep may take, the rows aside, which they share. Further ones wait.</summary>
internal static class BatchMemory
{
    /// <summary>
    /// For all runs of a device: 4 GiB, which leaves room for the rows on a card of 8. libtorch tells nothing of what is free.
    /// </summary>
    public const long All = 4L << 30;

    /// <summary>Runs at once where they are small: more no longer share a call's cost noticeably.</summary>
    public const int LargestBatch = 64;

    // Parameters and velocities, each alone and side by side, w, its gradient, what is made on the way, and what goes back to the host.
    private const int CopiesOfParameters = 12;

    // Places in the matrix and in the table of noise, 8 bytes each, features and noise.
    private const int BytesOfFeature = 24;

    /// <summary>Bytes of one run at most.</summary>
    public static long Of(NetworkShape shape, int columns) =>
        CopiesOfParameters * sizeof(float) * shape.Blocks(columns).Sum(block => (long)block.Size) + (long)BytesOfFeature * DGatingDefaults.LargestBatch * columns;
}
