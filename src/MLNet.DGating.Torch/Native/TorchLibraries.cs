namespace MLNet.DGating.Torch.Native;

/// <summary>Loads libtorch and then LibTorchSharp, each by its full path.</summary>
/// <remarks>
/// LibTorchSharp names libtorch without a directory, and may lie in another one. Libraries that are in the process already satisfy it by their names,
/// so libtorch comes first, and each of its parts before those that need it.
/// </remarks>
internal static class TorchLibraries
{
    private static readonly string[] Parts = ["c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch"];

    /// <summary>The handle of LibTorchSharp, and what the user should be told, if anything.</summary>
    internal static (nint TorchSharp, string? Warning) Load(string? named)
    {
        var loaded = Path.GetDirectoryName(LoadedLibraries.PathOf(NativePlatform.TorchFile));
        var directory = loaded ?? LibrarySearch.FindLibTorch(named);
        var version = LibTorchVersion.FromFiles(directory);
        Check(version, directory, named);
        // A second libtorch in one process registers its operators twice and aborts: one that is loaded is the one to use.
        var warning = loaded is null ? LoadParts(directory, version, named)
            : named is null || LibrarySearch.FindLibTorch(named) == loaded ? null
            : NativeErrors.OtherDirectoryLoaded(loaded, named);
        return (WeakenedLibrary.Load(LibrarySearch.FindTorchSharp(named)), warning);
    }

    private static string? LoadParts(string directory, Version? version, string? named)
    {
        // Packages carry their OpenMP under a name of their own, such as libgomp-98b21ff3.so.1.
        foreach (var openMp in Directory.GetFiles(directory, "libgomp*.so*"))
        {
            DynamicLoader.Load(openMp);
        }

        foreach (var part in Parts)
        {
            var path = Path.Combine(directory, NativePlatform.FileName(part));
            if (File.Exists(path))
            {
                var handle = DynamicLoader.Load(path);
                version ??= path.EndsWith(NativePlatform.TorchFile, StringComparison.Ordinal) ? LibTorchVersion.FromLibrary(handle) : null;
            }
        }

        Check(version, directory, named);
        return version is null || TorchVersions.Fits(version) ? null : NativeErrors.OtherVersionNamed(version, directory);
    }

    private static void Check(Version? version, string directory, string? named)
    {
        if (named is null && version is not null && !TorchVersions.Fits(version))
        {
            throw NativeErrors.WrongVersion(version, directory);
        }
    }
}
