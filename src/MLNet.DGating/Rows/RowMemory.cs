using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating;

/// <summary>Holds the memory that rows may take, and their precision.</summary>
/// <param name="Bytes">The bytes of memory that rows may take.</param>
/// <param name="Precision">The precision of the values.</param>
/// <param name="Seed">The seed of the sample of rows that is kept where not all rows fit.</param>
/// <param name="ShareOfSample">The share of a sample, above 0 and at most 1. Runs that stream rows have pools in the rest.</param>
internal readonly record struct RowMemory(long Bytes, DGatingRowPrecision Precision, int Seed, double ShareOfSample = 1)
{
    /// <summary>Gives the memory that the user set, or else a share of the memory of the process or its container.</summary>
    public static RowMemory Of(long? given, DGatingRowPrecision precision, int seed) =>
        new(given ?? (long)(DGatingDefaults.RowMemoryShare * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes), precision, seed);

    /// <summary>Gives the bytes of a row.</summary>
    /// <param name="slots">The number of its slots.</param>
    public double BytesOfRow(int slots) => (Precision == DGatingRowPrecision.Half ? 2.0 : 4.0) * slots;

    /// <summary>Creates a matrix for dense rows.</summary>
    /// <param name="slots">The number of slots of a row.</param>
    public RowMatrix NewMatrix(int slots) => Precision == DGatingRowPrecision.Half ? new HalfMatrix(slots) : new DesignMatrix(slots);

    /// <summary>Gives the number of rows that fit in a share of the memory.</summary>
    /// <remarks>It is at least <see cref="DGatingDefaults.SmallestPool"/>.</remarks>
    /// <param name="share">The share, above 0 and at most 1.</param>
    /// <param name="slots">The number of slots of a row.</param>
    public int Rows(double share, int slots) =>
        (int)Math.Clamp(share * Bytes / BytesOfRow(slots), DGatingDefaults.SmallestPool, Array.MaxLength);
}
