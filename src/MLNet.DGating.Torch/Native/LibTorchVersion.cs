using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MLNet.DGating.Torch.Native;

/// <summary>Finds the version of a libtorch.</summary>
internal static partial class LibTorchVersion
{
    /// <summary>Gives the version by the files around libtorch, or null; no library is loaded.</summary>
    internal static Version? FromFiles(string directory) =>
        FromPackagePath(directory) ?? FromDistribution(directory) ?? FromApplication(directory);

    /// <summary>Gives the version that a loaded libtorch_cpu reports, or null: versions before 2.9 report none.</summary>
    internal static unsafe Version? FromLibrary(nint libTorch)
    {
        if (!NativeLibrary.TryGetExport(libTorch, "aoti_torch_abi_version", out nint function))
        {
            return null;
        }

        // Major, minor and patch are the three highest bytes.
        ulong version = ((delegate* unmanaged[Cdecl]<ulong>)function)();
        return new Version((int)(version >> 56), (int)(version >> 48) & 0xff, (int)(version >> 40) & 0xff);
    }

    private static Version? FromPackagePath(string directory) => Parse(PackagePath().Match(directory.Replace('\\', '/')));

    // PyTorch and the unpacked libtorch keep a file with their version beside their lib/.
    private static Version? FromDistribution(string directory) =>
        Path.GetFileName(directory) == "lib"
            ? FromText(Path.Combine(directory, "..", "build-version")) ?? FromText(Path.Combine(directory, "..", "version.py"))
            : null;

    private static Version? FromText(string path) => File.Exists(path) ? Parse(FirstVersion().Match(File.ReadAllText(path))) : null;

    // An application's *.deps.json names the package, wherever the build put the package's files.
    private static Version? FromApplication(string directory)
    {
        string root = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        if (!(directory + Path.DirectorySeparatorChar).StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            || AppContext.GetData("APP_CONTEXT_DEPS_FILES") is not string files)
        {
            return null;
        }

        return files.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Where(File.Exists)
            .Select(FromDependencies)
            .FirstOrDefault(version => version is not null);
    }

    private static Version? FromDependencies(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.TryGetProperty("libraries", out JsonElement libraries)
            ? libraries.EnumerateObject()
                .Select(library => Parse(PackageName().Match(library.Name)))
                .FirstOrDefault(version => version is not null)
            : null;
    }

    private static Version? Parse(Match match) => match.Success ? Version.Parse(match.Groups[1].Value) : null;

    [GeneratedRegex(@"/libtorch-[^/]+/(\d+\.\d+\.\d+)[^/]*/runtimes/[^/]+/native/?$")]
    private static partial Regex PackagePath();

    [GeneratedRegex(@"^libtorch-(?:cpu|cuda)-.*/(\d+\.\d+\.\d+)")]
    private static partial Regex PackageName();

    [GeneratedRegex(@"(\d+\.\d+\.\d+)")]
    private static partial Regex FirstVersion();
}
