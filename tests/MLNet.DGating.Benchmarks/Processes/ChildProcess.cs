using System.Diagnostics;
using System.Reflection;

namespace MLNet.DGating.Benchmarks;

/// <summary>Runs this program in a new process, to measure its peak memory or its start.</summary>
internal static class ChildProcess
{
    /// <summary>Gives the output of the process, or null where it failed. Its errors go to the console.</summary>
    public static string? Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process child = Process.Start(start)!;
        string printed = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0 ? printed : null;
    }
}
