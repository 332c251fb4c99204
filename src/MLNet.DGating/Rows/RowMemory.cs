using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating;

/// <summary>What rows may take, and how they are kept.</summary>
/// <param name="Bytes">Of memory.</param>
/// <param name="Precision">Of the values.</param>
/// <param name="Seed">Decides which rows are kept where not all are.</param>
internal readonly record struct RowMemory(long Bytes, DGatingRowPrecision Precision, int Seed)
{
    /// <summary>What the user gave, or else a share of what the process may use: that of its container, where it runs in one.</summary>
    public static RowMemory Of(long? given, DGatingRowPrecision precision, int seed) =>
        new(given ?? (long)(DGatingDefaults.RowMemoryShare * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes), precision, seed);

    /// <summary>Of a row of so many slots.</summary>
    public double BytesOfRow(int slots) => (Precision == DGatingRowPrecision.Half ? 2.0 : 4.0) * slots;

    /// <summary>What rows are written to.</summary>
    public RowMatrix NewMatrix(int slots) => Precision == DGatingRowPrecision.Half ? new HalfMatrix(slots) : new DesignMatrix(slots);

    /// <summary>Rows of so many slots that a share of it takes.</summary>
    public int Rows(double share, int slots) =>
        (int)Math.Clamp(share * Bytes / BytesOfRow(slots), DGatingDefaults.SmallestPool, Array.MaxLength);
}
