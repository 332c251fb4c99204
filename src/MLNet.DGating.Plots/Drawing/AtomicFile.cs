namespace MLNet.DGating.Plots.Drawing;

/// <summary>Files that appear whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the path under another name and moves; what was there stays if writing fails.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full)
            ?? throw new ArgumentException($"'{path}' is a folder, not a file. Give the name of a file in it.", nameof(path));
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}' for '{Path.GetFileName(full)}'. Create it first.");
        if (Directory.Exists(full))
            throw new ArgumentException($"'{path}' is a folder, not a file. Give the name of a file in it.", nameof(path));

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
}
