using System.Diagnostics;

namespace MLNet.DGating.Distributed.Tests.Mpi;

/// <summary>A test that starts processes by mpirun; skipped where Open MPI is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MpirunFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> s_reason = new(Reason);

    public MpirunFactAttribute() => Skip = s_reason.Value;

    private static string? Reason()
    {
        try
        {
            using Process mpirun = Process.Start(
                new ProcessStartInfo("mpirun", "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string version = mpirun.StandardOutput.ReadToEnd();
            mpirun.WaitForExit();
            return version.Contains("Open MPI", StringComparison.Ordinal) ? null : $"mpirun is not that of Open MPI, but {version.Trim()}.";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "mpirun is not installed (openmpi-bin).";
        }
    }
}
