namespace MLNet.DGating;

/// <summary>What rows may take.</summary>
/// <param name="Bytes">Of memory.</param>
/// <param name="Seed">Decides which rows are kept where not all are.</param>
internal readonly record struct RowMemory(long Bytes, int Seed)
{
    /// <summary>What the user gave, or else a share of what the process may use: that of its container, where it runs in one.</summary>
    public static RowMemory Of(long? given, int seed) =>
        new(given ?? (long)(DGatingDefaults.RowMemoryShare * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes), seed);

    /// <summary>Rows of so many values that a share of it takes.</summary>
    public int Rows(double share, int values) =>
        (int)Math.Clamp(share * Bytes / ((double)sizeof(float) * values), DGatingDefaults.SmallestPool, Array.MaxLength);
}
