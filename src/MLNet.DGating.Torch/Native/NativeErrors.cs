namespace MLNet.DGating.Torch.Native;

/// <summary>Creates the errors and warnings of native loading, each with its cure.</summary>
internal static class NativeErrors
{
    private static string Packages =>
        $"{NativePlatform.CpuPackage} {TorchVersions.LibTorch} or TorchSharp-cpu {TorchVersions.TorchSharp}"
        + (NativePlatform.CudaPackage is { } cuda ? $" (on an NVIDIA card: {cuda} {TorchVersions.TorchSharp})" : "");

    internal static DllNotFoundException NoLibTorch() => new(
        $"libtorch was not found: add the package {Packages} to the application, "
        + $"or set {DGatingTorch.LibraryDirectoryVariable} to a directory that holds {NativePlatform.TorchFile}, "
        + "such as lib/ of an installed PyTorch.");

    internal static DllNotFoundException NothingIn(string directory) => new(
        $"The directory '{directory}', named by DGatingTorch.LibraryDirectory or {DGatingTorch.LibraryDirectoryVariable}, "
        + $"holds no {NativePlatform.TorchFile}: "
        + "name the directory that does, such as lib/ of an installed PyTorch.");

    internal static DllNotFoundException NoTorchSharp() => new(
        $"{NativePlatform.TorchSharpFile} was not found: "
        + $"it comes with the package TorchSharp {TorchVersions.TorchSharp} for linux-x64, win-x64, win-arm64 and osx-arm64, "
        + $"and this process runs on {NativePlatform.Rid}; "
        + "keep the folder runtimes/ beside the application, or publish the application for that runtime.");

    internal static DllNotFoundException WrongVersion(Version found, string directory) => new(
        $"libtorch {found} was found in '{directory}', but TorchSharp {TorchVersions.TorchSharp} needs libtorch {TorchVersions.LibTorch}: "
        + $"reference the package {Packages}, and no other version of libtorch.");

    internal static DllNotFoundException TwoLibTorches(string application, string named) => new(
        $"The directory '{named}' was named, but the application has a libtorch of its own in '{application}', "
        + "which TorchSharp loads as well, and one process cannot hold two: "
        + "name no directory, or build the application without its libtorch package.");

    internal static DllNotFoundException Unreadable(string path, Exception cause) => new(
        $"'{path}' cannot be used: {WithoutPeriod(cause.Message)}. Restore or copy the file again, readable to this user.", cause);

    internal static DllNotFoundException LoaderRefused(string path, string reason) => new(
        $"The system's loader refused '{path}': {WithoutPeriod(reason)}. "
        + $"TorchSharp {TorchVersions.TorchSharp} needs libtorch {TorchVersions.LibTorch} for {NativePlatform.Rid}: "
        + $"reference the package {Packages}.");

    internal static DllNotFoundException NoRoom(string path, long room, long needed) => new(
        $"There is too little memory to load '{path}': this process may use {room >> 20} MB more of address space, "
        + $"and {needed >> 20} MB are needed: raise its limit (ulimit -v).");

    internal static DllNotFoundException NoCache(string versions, string cache, string temporary, Exception cause) => new(
        $"This system's libstdc++ lacks {versions}, so an adapted copy of {NativePlatform.TorchSharpFile} is needed, "
        + $"but neither '{cache}' nor '{temporary}' can be written: "
        + "set XDG_CACHE_HOME to a directory that can.",
        cause);

    internal static DllNotFoundException TorchSharpFailedBefore(Exception cause) => new(
        "TorchSharp was used before MLNet.DGating could load its native libraries, and failed for good in this process: "
        + "call DGatingTorch.Load() before the first use of TorchSharp.",
        cause);

    internal static string OtherVersionNamed(Version found, string directory) =>
        $"libtorch {found} is loaded from '{directory}' as asked, "
        + $"but TorchSharp {TorchVersions.TorchSharp} was built for libtorch {TorchVersions.LibTorch}: "
        + "results are not tested with this pair.";

    internal static string AlreadyLoaded(string loaded, string named) =>
        $"libtorch was already loaded from '{loaded}' in this process, so the named directory '{named}' was not looked at.";

    private static string WithoutPeriod(string message) => message.TrimEnd('.', ' ', '\n');
}
