using System.Runtime.InteropServices;

namespace MLNet.DGating.Distributed.Mpi;

/// <summary>Holds what differs between the libraries of MPI, whose binary interfaces are not standardized.</summary>
/// <param name="World">The handle of all processes.</param>
/// <param name="Byte">The handle of the type of a byte.</param>
/// <param name="AnySource">The number that stands for any sender.</param>
/// <param name="SourceIndex">The place of the sender among the 32-bit numbers of a status; that of the tag follows it.</param>
internal sealed record MpiDialect(nint World, nint Byte, int AnySource, int SourceIndex)
{
    /// <summary>Finds the dialect of a library.</summary>
    /// <remarks>
    /// Handles of Open MPI are addresses of exported symbols; those of MPICH, and of the libraries with its binary interface (Intel MPI,
    /// MVAPICH, Cray), are 32-bit numbers of its mpi.h, which a register carries as well as a pointer.
    /// </remarks>
    /// <param name="library">The library.</param>
    /// <param name="version">What it says of itself.</param>
    /// <returns>The dialect; null where the library is of another kind.</returns>
    public static MpiDialect? Of(nint library, string version) =>
        NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out nint world)
            ? new MpiDialect(world, NativeLibrary.GetExport(library, "ompi_mpi_byte"), AnySource: -1, SourceIndex: 0)
            : s_relatives.Any(name => version.Contains(name, StringComparison.OrdinalIgnoreCase))
                ? new MpiDialect(0x44000000, 0x4c00010d, AnySource: -2, SourceIndex: 2)
                : null;

    private static readonly string[] s_relatives = ["MPICH", "Intel(R) MPI", "MVAPICH"];
}
