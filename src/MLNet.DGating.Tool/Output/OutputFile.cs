namespace MLNet.DGating.Tool.Output;

/// <summary>Files that are written: checked before any work, written under a temporary name and moved, so that a file is whole or not there.</summary>
internal static class OutputFile
{
    /// <exception cref="ToolException">The file could not be written, or exists and may not be replaced.</exception>
    public static void Check(string path, bool mayReplace)
    {
        if (Directory.Exists(path))
        {
            throw ToolException.Output($"'{path}' is a folder: name a file in it.");
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
            string probe = Temporary(path);
            File.Create(probe).Dispose();
            File.Delete(probe);
            return true;
        });
    }

    /// <summary>A folder that is written into; it is created where it does not exist.</summary>
    public static void CheckFolder(string folder, IEnumerable<string> files, bool mayReplace)
    {
        Guard(folder, () => Directory.CreateDirectory(folder));
        foreach (string file in files)
        {
            Check(Path.Combine(folder, file), mayReplace);
        }
    }

    public static void Write(string path, Action<string> writeTo)
    {
        string temporary = Temporary(path);
        Guard(path, () =>
        {
            try
            {
                writeTo(temporary);
                File.Move(temporary, path, overwrite: true);
                return true;
            }
            finally
            {
                File.Delete(temporary);
            }
        });
    }

    private static string Temporary(string path) => path + "." + Path.GetRandomFileName();

    private static T Guard<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw ToolException.Output($"'{path}' cannot be written: {Sentence.WithoutPeriod(fault.Message)}. Choose another place with -o, or make room there.", fault);
        }
    }
}
