using System.Diagnostics;
using System.Globalization;

namespace MLNet.DGating.Model;

/// <summary>Files that appear whole or not at all.</summary>
internal static class AtomicFile
{
    private const string Extension = ".tmp";

    /// <summary>Writes a file under another name beside the path and moves it there.</summary>
    /// <remarks>
    /// An existing file is replaced; it stays as it was if writing fails. Of a link, the file that it leads to is replaced. What a process
    /// that was killed had left beside the path goes, too.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="writeTo">Writes the content to the path that it gets.</param>
    /// <exception cref="ArgumentException">The path is empty, that of a folder, or of a device.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static void Write(string path, Action<string> writeTo)
    {
        string full = Check(path);
        string temporary = TemporaryName(full);
        try
        {
            writeTo(temporary);
            using (FileStream written = File.Open(temporary, FileMode.Open, FileAccess.ReadWrite))
            {
                // Else a loss of power could leave the new name with old, or no, content.
                written.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception fault) when (IsTooLarge(fault))
        {
            throw new IOException("it would be larger than files may be here", fault);
        }
        finally
        {
            File.Delete(temporary);
        }

        Sweep(Path.GetDirectoryName(full)!, Path.GetFileName(full));
    }

    /// <summary>Gives the full path of a file to write, behind all links.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The path is empty, that of a folder, or of a device.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static string Check(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        var link = new FileInfo(full);
        full = link.LinkTarget is null ? full : link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        string? folder = Path.GetDirectoryName(full);
        if (folder is null || Directory.Exists(full))
        {
            throw new ArgumentException($"'{path}' is a folder, not a file. Give the name of a file in it.", nameof(path));
        }

        if (IsDevice(full))
        {
            throw new ArgumentException(
                $"'{path}' is a device, which cannot be replaced by a file. Give the name of a file.", nameof(path));
        }

        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder '{folder}' for '{Path.GetFileName(full)}'. Create it first.");
        }

        return full;
    }

    /// <summary>Tells whether a file became larger than files may be, for which .NET has no exception of its own.</summary>
    public static bool IsTooLarge(Exception fault) =>
        fault is ArgumentOutOfRangeException { ParamName: "value", Source: "System.Private.CoreLib" };

    /// <summary>Tells whether a path is that of a device of Unix, such as /dev/null.</summary>
    public static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && Path.GetFullPath(path) is { } full
        && full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);

    /// <summary>Makes the name that a file has until it is whole: it tells who writes it.</summary>
    internal static string TemporaryName(string path) => string.Create(
        CultureInfo.InvariantCulture,
        $"{path}.{Environment.MachineName}-{Environment.ProcessId}-{Path.GetRandomFileName()[..8]}{Extension}");

    // A process of another machine may still be writing into a shared folder: only those of this one are known to be gone.
    private static void Sweep(string folder, string fileName)
    {
        string ofThisMachine = $"{fileName}.{Environment.MachineName}-";
        foreach (string left in Directory.EnumerateFiles(folder, "*" + Extension))
        {
            string name = Path.GetFileName(left);
            if (name.StartsWith(ofThisMachine, StringComparison.Ordinal) && IsGone(name[ofThisMachine.Length..].Split('-')[0]))
            {
                TryDelete(left);
            }
        }
    }

    private static bool IsGone(string processId)
    {
        if (!int.TryParse(processId, NumberStyles.None, CultureInfo.InvariantCulture, out int id))
        {
            return false;
        }

        try
        {
            Process.GetProcessById(id).Dispose();
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Somebody else's: the file that was asked for is written all the same.
        }
    }
}
