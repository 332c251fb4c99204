using System.Diagnostics;
using System.Reflection;

namespace MLNet.DGating.Benchmarks;

/// <summary>This program once more, for what belongs to a whole process: its peak memory, its start.</summary>
internal static class ChildProcess
{
    /// <summary>What it printed, or null where it failed; its errors go to the console.</summary>
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
