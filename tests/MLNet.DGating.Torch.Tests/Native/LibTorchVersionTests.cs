using System.Runtime.InteropServices;
using MLNet.DGating.Torch.Native;

namespace MLNet.DGating.Torch.Tests.Native;

public sealed class LibTorchVersionTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("2.10.0")]
    [InlineData("2.7.1")]
    public void APackagesFolder_TellsTheVersion(string version) =>
        Assert.Equal(
            Version.Parse(version),
            LibTorchVersion.FromFiles(directory.Sub("libtorch-cpu-linux-x64", version, "runtimes", "linux-x64", "native")));

    [Theory]
    [InlineData("build-version", "2.11.0+cpu\n")]
    [InlineData("version.py", "from typing import Optional\n__version__ = '2.11.0+cu128'\ncuda: Optional[str] = '12.8'\n")]
    public void ADistribution_TellsItsVersionBesideItsLibraries(string file, string text)
    {
        File.WriteAllText(Path.Combine(directory.Path, file), text);
        Assert.Equal(new Version(2, 11, 0), LibTorchVersion.FromFiles(directory.Sub("lib")));
    }

    [Fact]
    public void AVersionFileBesideAnyOtherFolder_IsNotLibTorchs()
    {
        File.WriteAllText(Path.Combine(directory.Path, "version.py"), "__version__ = '1.2.3'");
        Assert.Null(LibTorchVersion.FromFiles(directory.Sub("app")));
    }

    [Fact]
    public void AnApplication_TellsTheVersionOfThePackageItReferences() =>
        Assert.Equal(new Version(2, 10, 0), LibTorchVersion.FromFiles(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));

    [LinuxFact]
    public void ALoadedLibrary_TellsItsVersion()
    {
        TorchRuntime.EnsureLoaded();
        Assert.Equal(new Version(2, 10, 0), LibTorchVersion.FromLibrary(NativeLibrary.Load(LoadedLibraries.PathOf("libtorch_cpu.so")!)));
    }

    [LinuxFact]
    public void ALibraryThatDoesNotTell_HasNoVersion()
    {
        TorchRuntime.EnsureLoaded();
        Assert.Null(LibTorchVersion.FromLibrary(NativeLibrary.Load(LoadedLibraries.PathOf("libstdc++.so.6")!)));
    }
}
