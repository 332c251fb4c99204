using MLNet.DGating.Model;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Files;

/// <summary>Files that are written.</summary>
/// <remarks>
/// They are checked before any work begins. They are written under a temporary name and moved, so a file is there as a whole or not at all.
/// </remarks>
internal static class OutputFile
{
    /// <summary>Checks that a file can be written.</summary>
    /// <exception cref="ToolException">The file could not be written, or exists and may not be replaced.</exception>
    public static void Check(string path, bool mayReplace)
    {
        if (path.Length == 0)
        {
            throw ToolException.Output("The name of a file to write is empty: name a file.");
        }

        if (Directory.Exists(path))
        {
            throw ToolException.Output($"'{path}' is a folder: name a file in it.");
        }

        if (AtomicFile.IsDevice(path))
        {
            throw ToolException.Output($"'{path}' is a device, not a file: name a file.");
        }

        if (File.Exists(path) && !mayReplace)
        {
            throw ToolException.Output($"'{path}' exists: give --force to replace it, or another name.");
        }

        if (path.Contains('\0') || Path.GetDirectoryName(Path.GetFullPath(path)) is not { } folder || !Directory.Exists(folder))
        {
            throw ToolException.Output($"The folder of '{path}' does not exist: create it first.");
        }

        Guard(path, () =>
        {
            string probe = AtomicFile.TemporaryName(path);
            File.Create(probe).Dispose();
            File.Delete(probe);
        });
    }

    /// <summary>Checks that files can be written into a folder, and creates the folder where it does not exist.</summary>
    /// <exception cref="ToolException">A file could not be written, or exists and may not be replaced.</exception>
    public static void CheckFolder(string folder, IEnumerable<string> files, bool mayReplace)
    {
        Guard(folder, () => Directory.CreateDirectory(folder));
        foreach (string file in files)
        {
            Check(Path.Combine(folder, file), mayReplace);
        }
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="writeTo">Writes the content to the path that it gets.</param>
    /// <exception cref="ToolException">The file cannot be written.</exception>
    public static void Write(string path, Action<string> writeTo) => Guard(path, () => AtomicFile.Write(path, writeTo));

    private static void Guard(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw ToolException.Output($"'{path}' cannot be written: {Sentence.WithoutPeriod(fault.Message)}. "
                + "Choose another place with -o, or make room there.", fault);
        }
    }
}
