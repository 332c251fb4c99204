using System.Diagnostics;

namespace MLNet.DGating.Distributed.Tests.Mpi;

/// <summary>A job that mpirun started on this machine.</summary>
/// <param name="ExitCode">The exit code of mpirun.</param>
/// <param name="Output">What rank 0 wrote.</param>
/// <param name="Error">What all ranks, and mpirun, wrote of errors.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record MpiJob(int ExitCode, string Output, string Error, TimeSpan Duration)
{
    /// <summary>Runs a program.</summary>
    /// <param name="size">The number of ranks.</param>
    /// <param name="command">The program and its arguments.</param>
    public static MpiJob Run(int size, params string[] command)
    {
        var start = new ProcessStartInfo("mpirun", ["--oversubscribe", "-n", $"{size}", .. command])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // Tests run as root in containers, which mpirun refuses otherwise.
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        // A container may forbid that a process reads the memory of another one, by which Open MPI copies large messages.
        start.Environment["OMPI_MCA_btl_vader_single_copy_mechanism"] = "none";
        start.Environment["OMP_NUM_THREADS"] = "1";
        // mpirun gives rank 0 a terminal, to which .NET else sends a sequence that begins its use.
        start.Environment["TERM"] = "dumb";
        var clock = Stopwatch.StartNew();
        using Process mpirun = Process.Start(start)!;
        Task<string> output = mpirun.StandardOutput.ReadToEndAsync(), error = mpirun.StandardError.ReadToEndAsync();
        mpirun.WaitForExit();
        return new MpiJob(mpirun.ExitCode, output.Result.Trim(), error.Result, clock.Elapsed);
    }
}
