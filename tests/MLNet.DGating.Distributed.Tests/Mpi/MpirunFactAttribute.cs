using System.ComponentModel;

namespace MLNet.DGating.Distributed.Tests.Mpi;

/// <summary>A test that starts processes by mpirun; skipped where Open MPI is not installed, or cannot start any program.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MpirunFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> s_reason = new(Reason);

    public MpirunFactAttribute() => Skip = s_reason.Value;

    private static string? Reason()
    {
        try
        {
            var job = MpiJob.Run(2, "printenv", "OMPI_COMM_WORLD_SIZE");
            return job.ExitCode == 0 && job.Output.StartsWith('2')
                ? null
                : $"mpirun of Open MPI cannot start two processes here: {job.Output} {job.Error.Trim()}";
        }
        catch (Win32Exception)
        {
            return "mpirun is not installed (openmpi-bin).";
        }
    }
}
