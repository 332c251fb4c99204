namespace MLNet.DGating.Scoring.Tests.Network;

/// <summary>Counts what a call allocates on its thread.</summary>
internal static class Allocations
{
    /// <summary>Bytes that a thousand calls allocate, after a first one that may build what it likes.</summary>
    /// <remarks>
    /// The least of several counts: a collection that another thread starts ends the piece of memory that this one allocates from,
    /// and what is left of the piece, up to 8 KiB, then counts as allocated.
    /// </remarks>
    public static long OfAThousand(Action call)
    {
        call();
        return Enumerable.Range(0, 5).Min(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1_000; i++)
            {
                call();
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }
}
