using TorchSharp;

namespace MLNet.DGating.Torch.Native;

/// <summary>The directories that may hold the native libraries, the nearest first.</summary>
internal static class LibrarySearch
{
    /// <summary>The directory of libtorch: the named one alone where there is one, else the first of the application's.</summary>
    internal static string FindLibTorch(string? named)
    {
        if (named is not null)
        {
            var directory = FirstWith(NativePlatform.TorchFile, Named(named)) ?? throw NativeErrors.NothingIn(named);
            // The initializer of TorchSharp loads the application's own libtorch by its path, whichever is there already; two of them abort
            // the process.
            return FirstWith(NativePlatform.TorchFile, Application()) is { } own && own != directory ? throw NativeErrors.TwoLibTorches(own, directory) : directory;
        }

        return FirstWith(NativePlatform.TorchFile, [.. Application(), Package(NativePlatform.CpuPackage, TorchVersions.LibTorch?.ToString())]) ?? throw NativeErrors.NoLibTorch();
    }

    /// <summary>The path of LibTorchSharp, which comes with the managed TorchSharp and only seldom lies beside libtorch.</summary>
    internal static string FindTorchSharp(string? named)
    {
        var directory = FirstWith(
            NativePlatform.TorchSharpFile,
            [.. named is null ? [] : Named(named), .. Application(), Package("torchsharp", TorchVersions.TorchSharp)]);
        return Path.Combine(directory ?? throw NativeErrors.NoTorchSharp(), NativePlatform.TorchSharpFile);
    }

    private static string? FirstWith(string file, IEnumerable<string> directories) =>
        directories.Select(Path.TrimEndingDirectorySeparator).FirstOrDefault(directory => File.Exists(Path.Combine(directory, file)));

    /// <summary>Of an installed PyTorch, or an unpacked libtorch, the root is understood as well as its lib/.</summary>
    private static string[] Named(string directory) => [Path.GetFullPath(directory), Path.GetFullPath(Path.Combine(directory, "lib"))];

    private static IEnumerable<string> Application()
    {
        string?[] roots = [AppContext.BaseDirectory, Path.GetDirectoryName(TorchSharpLocation)];
        foreach (var root in roots.OfType<string>().Where(root => root.Length > 0))
        {
            yield return root;
            yield return Path.Combine(root, "runtimes", NativePlatform.Rid, "native");
        }

        var host = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        foreach (var directory in host.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return directory;
        }
    }

    /// <summary>Where NuGet keeps a package; for code that runs without a build of its own, such as scripts and notebooks.</summary>
    private static string Package(string id, string? version)
    {
        var root = Environment.GetEnvironmentVariable("NUGET_PACKAGES");
        if (string.IsNullOrEmpty(root))
        {
            root = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        }

        return Path.Combine(root, id, version ?? "", "runtimes", NativePlatform.Rid, "native");
    }

    // Empty in a single-file application, where the libraries lie beside the program.
    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "An empty location is left out.")]
    private static string TorchSharpLocation => typeof(torch).Assembly.Location;
}
