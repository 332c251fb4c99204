using System.Diagnostics;

namespace MLNet.DGating.Examples.Tests;

/// <summary>An example run as a process, started from another folder.</summary>
public abstract class ExampleRun
{
    protected ExampleRun(string example, params string[] arguments)
    {
        using Process process = Start(example, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Lines = process.StandardOutput.ReadToEnd().ReplaceLineEndings("\n").Split('\n');
        Errors = errors.GetAwaiter().GetResult();
        process.WaitForExit();
        ExitCode = process.ExitCode;
    }

    public int ExitCode { get; }

    public string Errors { get; }

    public string[] Lines { get; }

    /// <summary>An example that has just been started; its output and its errors are to be read.</summary>
    internal static Process Start(string example, params string[] arguments)
    {
        string program = Repository.PathOf(["examples", example, .. OutputFolder(), example + ".dll"]);
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(), RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
    }

    // bin/Release/net10.0, as this project's own.
    private static string[] OutputFolder() =>
        Path.GetRelativePath(Repository.PathOf("tests", "MLNet.DGating.Examples.Tests"), AppContext.BaseDirectory)
            .Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
}
