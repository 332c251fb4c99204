namespace MLNet.DGating.Plots.Writing;

/// <summary>A file that appears whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file under another name beside the path and moves it there.</summary>
    /// <remarks>An existing file is replaced; it stays as it was if writing fails.</remarks>
    /// <exception cref="ArgumentException">The path is that of a folder.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } folder)
        {
            throw IsFolder(path);
        }

        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder '{folder}' for '{Path.GetFileName(full)}'. Create it first.");
        }

        if (Directory.Exists(full))
        {
            throw IsFolder(path);
        }

        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}");
        try
        {
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static ArgumentException IsFolder(string path) =>
        new($"'{path}' is a folder, not a file. Give the name of a file in it.", nameof(path));
}
