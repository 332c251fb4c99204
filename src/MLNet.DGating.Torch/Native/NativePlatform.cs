using System.Runtime.InteropServices;

namespace MLNet.DGating.Torch.Native;

/// <summary>Names the native libraries of this system, and the packages that contain them.</summary>
internal static class NativePlatform
{
    /// <summary>The runtime identifier under which TorchSharp's packages keep their libraries.</summary>
    internal static string Rid { get; } = SystemName + "-" + RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "x64",
        Architecture.Arm64 => "arm64",
        var other => other.ToString(),
    };

    internal static string CpuPackage => $"libtorch-cpu-{Rid}";

    /// <summary>The package for NVIDIA cards; null for macOS, which has none.</summary>
    internal static string? CudaPackage =>
        OperatingSystem.IsWindows() ? "TorchSharp-cuda-windows"
        : OperatingSystem.IsLinux() ? "TorchSharp-cuda-linux"
        : null;

    internal static string TorchSharpFile { get; } = FileName("LibTorchSharp");

    internal static string TorchFile { get; } = FileName("torch_cpu");

    internal static string TorchCudaFile { get; } = FileName("torch_cuda");

    private static string SystemName => OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";

    internal static string FileName(string library) =>
        OperatingSystem.IsWindows() ? library + ".dll"
        : OperatingSystem.IsMacOS() ? $"lib{library}.dylib"
        : $"lib{library}.so";
}
