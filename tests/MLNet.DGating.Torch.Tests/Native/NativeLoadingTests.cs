using System.Diagnostics;
using System.Text;

namespace MLNet.DGating.Torch.Tests.Native;

/// <summary>Native loading in processes of their own, over applications that are whole or damaged.</summary>
/// <remarks>Whole messages are compared: each must name what is wrong and the cure.</remarks>
public sealed class NativeLoadingTests : IDisposable
{
    private const string Product = "product: 19 22 43 50";
    private const string Packages =
        "libtorch-cpu-linux-x64 2.10.0 or TorchSharp-cpu 0.107.0 (on an NVIDIA card: TorchSharp-cuda-linux 0.107.0)";

    private readonly ProbeApplication application = new();

    public void Dispose() => application.Dispose();

    [LinuxFact]
    public void AWholeApplication_Loads_AndCopiesNothingBesideItself()
    {
        string[] before = Directory.GetFileSystemEntries(application.Root, "*", SearchOption.AllDirectories);
        Assert.Equal([Product], application.Run());
        Assert.Equal(before, Directory.GetFileSystemEntries(application.Root, "*", SearchOption.AllDirectories));
    }

    [LinuxFact]
    public void WithoutLibTorch_TheMessageNamesThePackages()
    {
        RemoveLibTorch();
        AssertFails(
            $"libtorch was not found: add the package {Packages} to the application, "
            + "or set DGATING_LIBTORCH to a directory that holds libtorch_cpu.so, such as lib/ of an installed PyTorch.");
    }

    [LinuxFact]
    public void WithoutLibTorchSharp_TheMessageNamesTorchSharp()
    {
        File.Delete(Path.Combine(application.Native, "libLibTorchSharp.so"));
        AssertFails(
            "libLibTorchSharp.so was not found: it comes with the package TorchSharp 0.107.0 "
            + "for linux-x64, win-x64, win-arm64 and osx-arm64, "
            + "and this process runs on linux-x64; keep the folder runtimes/ beside the application, "
            + "or publish the application for that runtime.");
    }

    [LinuxFact]
    public void LibTorchInThePackagesFolder_IsFound()
    {
        RemoveLibTorch();
        ProbeApplication.LinkLibraries(application.Sub("packages", "libtorch-cpu-linux-x64", "2.10.0", "runtimes", "linux-x64", "native"));
        Assert.Equal([Product], application.Run());
    }

    [LinuxFact]
    public void AnotherVersionInTheApplication_IsRefused()
    {
        string dependencies = Path.Combine(application.Root, "MLNet.DGating.Torch.NativeProbe.deps.json");
        string other = File.ReadAllText(dependencies)
            .Replace("libtorch-cpu-linux-x64/2.10.0", "libtorch-cpu-linux-x64/2.7.1", StringComparison.Ordinal);
        File.WriteAllText(dependencies, other);
        AssertFails(
            $"libtorch 2.7.1 was found in '{application.Native}', but TorchSharp 0.107.0 needs libtorch 2.10.0: "
            + $"reference the package {Packages}, and no other version of libtorch.");
    }

    [LinuxFact]
    public void AnotherVersionInANamedDirectory_IsLoadedWithAWarning()
    {
        RemoveLibTorch();
        string pyTorch = application.Sub("torch");
        string libraries = application.Sub("torch", "lib");
        ProbeApplication.LinkLibraries(libraries);
        File.WriteAllText(Path.Combine(pyTorch, "version.py"), "__version__ = '2.11.0+cpu'\n");
        string warning =
            $"warning: libtorch 2.11.0 is loaded from '{libraries}' as asked, but TorchSharp 0.107.0 was built for libtorch 2.10.0: "
            + "results are not tested with this pair.";
        Assert.Equal([warning, Product], application.Run(null, ("DGATING_LIBTORCH", pyTorch)));
    }

    [LinuxFact]
    public void ANamedDirectory_ServesAnApplicationWithoutLibTorch()
    {
        RemoveLibTorch();
        Assert.Equal([Product], application.Run(null, ("DGATING_LIBTORCH", ProbeApplication.BuiltNative)));
    }

    [LinuxFact]
    public void ANamedDirectoryWithoutLibTorch_IsAnError_ThoughTheApplicationHasIt()
    {
        AssertFails(
            $"The directory '{application.EmptyPackages}', named by DGatingTorch.LibraryDirectory or DGATING_LIBTORCH, "
            + "holds no libtorch_cpu.so: "
            + "name the directory that does, such as lib/ of an installed PyTorch.",
            ("DGATING_LIBTORCH", application.EmptyPackages));
    }

    [LinuxFact]
    public void ANamedDirectoryBesideTheApplicationsOwnLibTorch_IsAnError()
    {
        AssertFails(
            $"The directory '{ProbeApplication.BuiltNative}' was named, but the application has a libtorch of its own in "
            + $"'{application.Native}', which TorchSharp loads as well, and one process cannot hold two: "
            + "name no directory, or build the application without its libtorch package.",
            ("DGATING_LIBTORCH", ProbeApplication.BuiltNative));
    }

    [LinuxFact]
    public void TheApplicationsOwnDirectory_MayBeNamed() =>
        Assert.Equal([Product], application.Run(null, ("DGATING_LIBTORCH", application.Native)));

    [LinuxFact]
    public void ALibTorchThatIsLoadedAlready_IsUsed_AndTheNamedDirectoryIsNot()
    {
        RemoveLibTorch();
        string library = Path.Combine(ProbeApplication.BuiltNative, "libtorch_cpu.so");
        string[] lines = application.Run(["libtorch-first", library], ("DGATING_LIBTORCH", application.EmptyPackages));
        Assert.Equal(
            [
                $"warning: libtorch was already loaded from '{ProbeApplication.BuiltNative}' in this process, "
                + $"so the named directory '{application.EmptyPackages}' was not looked at.",
                Product,
            ],
            lines);
    }

    [LinuxFact]
    public void ALibTorchThatLacksAFunction_IsAnError_BeforeTheFunctionIsCalled()
    {
        // The same file, but for one letter in the name of a function that it calls in libtorch.
        const string Function = "_ZN2at4_ops7digamma4callERKNS_6TensorE";
        string path = Path.Combine(application.Native, "libLibTorchSharp.so");
        string library = Encoding.Latin1.GetString(File.ReadAllBytes(path));
        Assert.Contains(Function, library, StringComparison.Ordinal);
        File.Delete(path);
        string changed = library.Replace(Function, "_ZN2at4_ops7digammo4callERKNS_6TensorE", StringComparison.Ordinal);
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(changed));

        string[] lines = application.Run();
        Assert.All(lines, line => Assert.EndsWith(
            "undefined symbol: _ZN2at4_ops7digammo4callERKNS_6TensorE. TorchSharp 0.107.0 needs libtorch 2.10.0 for linux-x64: "
            + $"reference the package {Packages}.",
            line));
        Assert.Equal(2, lines.Length);
    }

    [LinuxFact]
    public void ATruncatedLibTorchSharp_IsAnError()
    {
        string path = ProbeApplication.Truncate(application.Native, "libLibTorchSharp.so", 300_000);
        AssertFails(
            $"'{path}' cannot be used: the file is truncated or corrupt (it has 300000 bytes and refers to bytes beyond its end). "
            + "Restore or copy the file again, readable to this user.");
    }

    [LinuxFact]
    public void ATruncatedLibTorch_IsAnError_AndNotACrash()
    {
        string path = ProbeApplication.Truncate(application.Native, "libtorch_cpu.so", 50_000_000);
        AssertFails(
            $"'{path}' cannot be used: the file is truncated or corrupt (it has 50000000 bytes and refers to bytes beyond its end). "
            + "Restore or copy the file again, readable to this user.");
    }

    [LinuxFact]
    public void AFileThatIsNoLibrary_IsAnError()
    {
        string path = Path.Combine(application.Native, "libc10.so");
        File.Delete(path);
        File.WriteAllText(path, "version https://git-lfs.github.com/spec/v1 is what a file that was not fetched says");
        AssertFails(
            $"'{path}' cannot be used: the file is not a 64-bit ELF library. Restore or copy the file again, readable to this user.");
    }

    [LinuxFact]
    public void AMissingPartOfLibTorch_IsAnErrorInTheLoadersWords()
    {
        File.Delete(Path.Combine(application.Native, "libc10.so"));
        AssertFails(
            $"The system's loader refused '{application.Native}/libtorch_cpu.so': "
            + "libc10.so: cannot open shared object file: No such file or directory. "
            + $"TorchSharp 0.107.0 needs libtorch 2.10.0 for linux-x64: reference the package {Packages}.");
    }

    [LinuxFact]
    public void ACacheThatCannotBeWritten_IsReplacedByATemporaryDirectory_ThatIsGoneAfterwards()
    {
        string temporary = application.Sub("tmp");
        Assert.Equal([Product], application.Run(null, ("XDG_CACHE_HOME", Unwritable()), ("TMPDIR", temporary)));
        Assert.Empty(Directory.GetFiles(temporary, "libLibTorchSharp.so", SearchOption.AllDirectories));
    }

    [LinuxFact(NeedsOldStandardLibrary = true)]
    public void WithNothingWritable_TheMessageNamesBothDirectories()
    {
        string unwritable = Unwritable();
        string[] lines = application.Run(null, ("XDG_CACHE_HOME", unwritable), ("TMPDIR", unwritable), ("DOTNET_EnableDiagnostics", "0"));
        AssertSaidTwice(
            "This system's libstdc++ lacks GLIBCXX_3.4.32, so an adapted copy of libLibTorchSharp.so is needed, "
            + $"but neither '{unwritable}/mlnet-dgating/native' nor '{unwritable}' can be written: "
            + "set XDG_CACHE_HOME to a directory that can.",
            lines);
    }

    [LinuxFact(NeedsOldStandardLibrary = true)]
    public void TwoProcessesAtOnce_ShareOneCopy()
    {
        using Process first = application.Start();
        using Process second = application.Start();
        Assert.Equal([Product], ProbeApplication.Finish(first));
        Assert.Equal([Product], ProbeApplication.Finish(second));
        Assert.Equal("libLibTorchSharp.so", Path.GetFileName(Assert.Single(CachedFiles())));
    }

    [LinuxFact(NeedsOldStandardLibrary = true)]
    public void ALibraryThatAsksForNothingMissing_IsLoadedWithoutACopy()
    {
        application.Run();
        string path = Path.Combine(application.Native, "libLibTorchSharp.so");
        File.Delete(path);
        File.Move(Assert.Single(CachedFiles()), path);
        Assert.Equal([Product], application.Run());
        Assert.Empty(CachedFiles());
    }

    [LinuxFact(NeedsOldStandardLibrary = true)]
    public void ADamagedCopyInTheCache_IsMadeAgain()
    {
        application.Run();
        string copy = Assert.Single(CachedFiles());
        byte[] whole = File.ReadAllBytes(copy);
        File.WriteAllBytes(copy, whole[..1000]);
        Assert.Equal([Product], application.Run());
        Assert.Equal(whole, File.ReadAllBytes(copy));
    }

    [LinuxFact(NeedsOldStandardLibrary = true)]
    public void TorchSharpUsedFirst_AndFailed_IsSaid()
    {
        // A file in the place of the folder into which TorchSharp would copy all of libtorch.
        File.WriteAllText(Path.Combine(application.Root, "cpu"), "");
        string[] lines = application.Run(["torchsharp-first"]);
        Assert.Contains("torchsharp failed", lines);
        AssertSaidTwice(
            "TorchSharp was used before MLNet.DGating could load its native libraries, and failed for good in this process: "
            + "call DGatingTorch.Load() before the first use of TorchSharp.",
            [.. lines.SkipWhile(line => line != "torchsharp failed").Skip(1)]);
    }

    private void AssertFails(string message, params (string Name, string Value)[] environment) =>
        AssertSaidTwice(message, application.Run(null, environment));

    /// <summary>The probe asks twice: the second answer must be the first again, and nothing else may be printed.</summary>
    private static void AssertSaidTwice(string message, string[] lines) =>
        Assert.Equal(["DllNotFoundException: " + message, "DllNotFoundException: " + message], lines);

    private string[] CachedFiles() => Directory.GetFiles(application.Cache, "*", SearchOption.AllDirectories);

    /// <summary>A path under a file: no directory can be made there, not even by root, to whom permissions do not apply.</summary>
    private string Unwritable()
    {
        string file = Path.Combine(application.Sub("blocked"), "file");
        File.WriteAllText(file, "");
        return Path.Combine(file, "below");
    }

    private void RemoveLibTorch()
    {
        IEnumerable<string> ofLibTorch =
            Directory.GetFiles(application.Native).Where(path => !path.EndsWith("libLibTorchSharp.so", StringComparison.Ordinal));
        foreach (string library in ofLibTorch)
        {
            File.Delete(library);
        }
    }
}
