namespace MLNet.DGating.Torch.Native;

/// <summary>Loads libtorch and then LibTorchSharp, each by its full path.</summary>
/// <remarks>
/// LibTorchSharp names libtorch without a directory, and may be in another one. A library that is loaded already is found by its name, so
/// libtorch is loaded first, and each of its parts before those that need it.
/// </remarks>
internal static class TorchLibraries
{
    private static readonly string[] Parts = ["c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch"];

    /// <summary>Loads the libraries, and gives the handle of LibTorchSharp and a warning for the user, or null.</summary>
    /// <param name="named">The directory of libtorch that the user named, or null.</param>
    /// <exception cref="DllNotFoundException">A library is missing, has a wrong version, or cannot be loaded.</exception>
    internal static (nint TorchSharp, string? Warning) Load(string? named)
    {
        string torchSharp = LibrarySearch.FindTorchSharp(named);
        // A second libtorch in one process registers its operators twice and aborts, so one that the application has loaded is used.
        string? loaded = Path.GetDirectoryName(LoadedLibraries.PathOf(NativePlatform.TorchFile));
        string directory = loaded ?? LibrarySearch.FindLibTorch(named);
        bool isChosenByUser = loaded is not null || named is not null;

        Version? version = LibTorchVersion.FromFiles(directory);
        Check(version, directory, isChosenByUser);
        nint library = LoadParts(directory);
        version ??= LibTorchVersion.FromLibrary(library);
        Check(version, directory, isChosenByUser);

        nint handle = WeakenedLibrary.Load(torchSharp);
        string? warning = loaded is not null && named is not null
            ? NativeErrors.AlreadyLoaded(loaded, named)
            : VersionWarning(version, directory);
        return (handle, warning);
    }

    // Gives the handle of torch_cpu.
    private static nint LoadParts(string directory)
    {
        // Packages contain OpenMP under a name of their own, such as libgomp-98b21ff3.so.1.
        foreach (string openMp in Directory.GetFiles(directory, "libgomp*.so*"))
        {
            DynamicLoader.Load(openMp);
        }

        nint torch = 0;
        foreach (string part in Parts)
        {
            string file = NativePlatform.FileName(part);
            string path = Path.Combine(directory, file);
            if (File.Exists(path))
            {
                nint handle = DynamicLoader.Load(path);
                torch = file == NativePlatform.TorchFile ? handle : torch;
            }
        }

        return torch;
    }

    private static void Check(Version? version, string directory, bool isChosenByUser)
    {
        if (!isChosenByUser && version is not null && !TorchVersions.Fits(version))
        {
            throw NativeErrors.WrongVersion(version, directory);
        }
    }

    private static string? VersionWarning(Version? version, string directory) =>
        version is null || TorchVersions.Fits(version) ? null : NativeErrors.OtherVersionNamed(version, directory);
}
