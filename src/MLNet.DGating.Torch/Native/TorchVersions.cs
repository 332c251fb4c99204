using System.Reflection;
using TorchSharp;

namespace MLNet.DGating.Torch.Native;

/// <summary>Gives the versions of TorchSharp and of the libtorch that it needs.</summary>
internal static class TorchVersions
{
    private static readonly Assembly TorchSharpAssembly = typeof(torch).Assembly;

    internal static string TorchSharp { get; } =
        TorchSharpAssembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? TorchSharpAssembly.GetName().Version!.ToString(3);

    /// <summary>The version of libtorch that TorchSharp was built for, or null where it is unknown.</summary>
    /// <remarks>
    /// The constant is read as metadata, not by <c>torch.__version__</c>: that would run the static constructor of <c>torch</c>, which
    /// loads the libraries.
    /// </remarks>
    internal static Version? LibTorch { get; } =
        Version.TryParse(
            typeof(torch).GetField("libtorchPackageVersion", BindingFlags.NonPublic | BindingFlags.Static)?.GetRawConstantValue() as string,
            out Version? version)
            ? new Version(version.Major, version.Minor, version.Build)
            : null;

    /// <summary>Tells whether TorchSharp works with a libtorch: patch releases keep their binary interface, others do not.</summary>
    internal static bool Fits(Version libTorch) =>
        LibTorch is null || (libTorch.Major == LibTorch.Major && libTorch.Minor == LibTorch.Minor);
}
