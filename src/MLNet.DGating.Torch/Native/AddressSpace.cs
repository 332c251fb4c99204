using System.Globalization;

namespace MLNet.DGating.Torch.Native;

/// <summary>Tells how much more address space this process may use, where that is limited (ulimit -v).</summary>
internal static class AddressSpace
{
    // What the initialization of libtorch takes beside its file: where it lacks, it ends the process.
    private const long Reserve = 64L << 20;

    private const string Limit = "Max address space";

    /// <summary>Checks that there is room for a library.</summary>
    /// <exception cref="DllNotFoundException">There is not.</exception>
    public static void Require(string path)
    {
        long needed = new FileInfo(path).Length + Reserve;
        if (OperatingSystem.IsLinux() && Read("limits") is { } limits && Read("statm") is { } usage
            && RoomIn(limits, usage, Environment.SystemPageSize) is { } room && room < needed)
        {
            throw NativeErrors.NoRoom(path, room, needed);
        }
    }

    /// <summary>Gives the bytes that are left; null where there is no limit.</summary>
    /// <param name="limits">The content of /proc/self/limits.</param>
    /// <param name="usage">That of /proc/self/statm: the size of the process in pages comes first.</param>
    /// <param name="pageSize">The bytes of a page.</param>
    public static long? RoomIn(string limits, string usage, int pageSize)
    {
        string? line = limits.Split('\n').FirstOrDefault(line => line.StartsWith(Limit, StringComparison.Ordinal));
        string? words = line?[Limit.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(words, CultureInfo.InvariantCulture, out long most)
            && long.TryParse(usage.Split(' ')[0], CultureInfo.InvariantCulture, out long pages)
            ? most - pages * pageSize
            : null;
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText($"/proc/self/{file}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
