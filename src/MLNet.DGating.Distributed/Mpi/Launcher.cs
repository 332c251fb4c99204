using System.Globalization;

namespace MLNet.DGating.Distributed.Mpi;

/// <summary>Tells what has started this process, by the environment that launchers give.</summary>
/// <param name="Size">The number of processes that were started together.</param>
/// <param name="IsOpenMpi">Whether it is mpirun of Open MPI; null where it is not known, such as under Slurm.</param>
internal sealed record Launcher(int Size, bool? IsOpenMpi)
{
    /// <summary>The launcher of this process, which is alone where there was none.</summary>
    public static Launcher Current => Of(Environment.GetEnvironmentVariable);

    /// <summary>Finds the launcher in an environment.</summary>
    /// <param name="variable">Gives the value of a variable; null where it is not set.</param>
    public static Launcher Of(Func<string, string?> variable)
    {
        // mpirun within a job of Slurm comes first: its processes have the variables of both.
        (string Name, bool? IsOpenMpi)[] sizes =
            [("OMPI_COMM_WORLD_SIZE", true), ("PMI_SIZE", false), ("MPI_LOCALNRANKS", false), ("SLURM_STEP_NUM_TASKS", null)];
        foreach ((string name, bool? isOpenMpi) in sizes)
        {
            if (int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int size))
            {
                return new Launcher(size, variable("SLURM_STEP_NUM_TASKS") is not null && isOpenMpi is false ? null : isOpenMpi);
            }
        }

        return new Launcher(1, null);
    }
}
