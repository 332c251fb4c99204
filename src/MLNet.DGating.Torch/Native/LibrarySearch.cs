using TorchSharp;

namespace MLNet.DGating.Torch.Native;

/// <summary>Searches directories for the native libraries.</summary>
internal static class LibrarySearch
{
    /// <summary>Finds the directory of libtorch.</summary>
    /// <param name="named">
    /// The directory that the user named, in which alone libtorch is searched; null for those of the application and of NuGet.
    /// </param>
    /// <exception cref="DllNotFoundException">There is none, or a second one besides the named one.</exception>
    internal static string FindLibTorch(string? named)
    {
        if (named is not null)
        {
            string directory = FirstWith(NativePlatform.TorchFile, Named(named)) ?? throw NativeErrors.NothingIn(named);
            // The initializer of TorchSharp loads the application's own libtorch by its path even if another one is loaded, and two of them
            // abort the process.
            return FirstWith(NativePlatform.TorchFile, Application()) is { } own && own != directory
                ? throw NativeErrors.TwoLibTorches(own, directory)
                : directory;
        }

        string package = Package(NativePlatform.CpuPackage, TorchVersions.LibTorch?.ToString());
        return FirstWith(NativePlatform.TorchFile, [.. Application(), package]) ?? throw NativeErrors.NoLibTorch();
    }

    /// <summary>Finds the path of LibTorchSharp, which comes with the managed TorchSharp and is seldom beside libtorch.</summary>
    /// <param name="named">The directory that the user named, which is searched first; null for none.</param>
    /// <exception cref="DllNotFoundException">There is none.</exception>
    internal static string FindTorchSharp(string? named)
    {
        string? directory = FirstWith(
            NativePlatform.TorchSharpFile,
            [.. named is null ? [] : Named(named), .. Application(), Package("torchsharp", TorchVersions.TorchSharp)]);
        return Path.Combine(directory ?? throw NativeErrors.NoTorchSharp(), NativePlatform.TorchSharpFile);
    }

    private static string? FirstWith(string file, IEnumerable<string> directories) =>
        directories.Select(Path.TrimEndingDirectorySeparator).FirstOrDefault(directory => File.Exists(Path.Combine(directory, file)));

    // The root of an installed PyTorch or of an unpacked libtorch may be named as well as its lib/.
    private static string[] Named(string directory) => [Path.GetFullPath(directory), Path.GetFullPath(Path.Combine(directory, "lib"))];

    private static IEnumerable<string> Application()
    {
        string?[] roots = [AppContext.BaseDirectory, Path.GetDirectoryName(TorchSharpLocation)];
        foreach (string? root in roots.OfType<string>().Where(root => root.Length > 0))
        {
            yield return root;
            yield return Path.Combine(root, "runtimes", NativePlatform.Rid, "native");
        }

        string host = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        foreach (string directory in host.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return directory;
        }
    }

    // The directory in which NuGet keeps a package serves code that runs without a build of its own, such as scripts and notebooks.
    private static string Package(string id, string? version)
    {
        string? root = Environment.GetEnvironmentVariable("NUGET_PACKAGES");
        if (string.IsNullOrEmpty(root))
        {
            root = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        }

        return Path.Combine(root, id, version ?? "", "runtimes", NativePlatform.Rid, "native");
    }

    // The location is empty in a single-file application, where the libraries are beside the program.
    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "An empty location is left out.")]
    private static string TorchSharpLocation => typeof(torch).Assembly.Location;
}
