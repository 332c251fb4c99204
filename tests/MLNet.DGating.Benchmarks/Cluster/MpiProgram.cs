using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace MLNet.DGating.Benchmarks;

/// <summary>Starts this program as the ranks of a job on this machine, by mpirun.</summary>
internal static class MpiProgram
{
    /// <summary>Gives what rank 0 printed, as JSON.</summary>
    public static T Measure<T>(string ranks, params string[] arguments)
    {
        string program = Assembly.GetExecutingAssembly().Location;
        var start = new ProcessStartInfo(
            "mpirun", ["--oversubscribe", "--bind-to", "none", "-n", ranks, "dotnet", program, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        start.Environment["TERM"] = "dumb";
        using Process mpirun = Process.Start(start)!;
        string printed = mpirun.StandardOutput.ReadToEnd();
        mpirun.WaitForExit();
        return JsonSerializer.Deserialize<T>(printed)!;
    }
}
