using System.Diagnostics;

namespace MLNet.DGating.Torch.Native;

/// <summary>Lists the libraries that are loaded in this process.</summary>
internal static class LoadedLibraries
{
    /// <summary>Gives the path of the loaded library whose file name begins with <paramref name="fileName"/>, or null.</summary>
    internal static string? PathOf(string fileName)
    {
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>()
            .Select(module => module.FileName)
            .FirstOrDefault(path => Path.GetFileName(path).StartsWith(fileName, StringComparison.Ordinal));
    }
}
