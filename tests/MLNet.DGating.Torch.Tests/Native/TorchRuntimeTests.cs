using System.Runtime.InteropServices;
using MLNet.DGating.Torch.Native;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Native;

public class TorchRuntimeTests
{
    [Fact]
    public void EnsureLoaded_FromManyThreads_MakesTorchSharpCompute()
    {
        Parallel.For(0, 8, _ => TorchRuntime.EnsureLoaded());
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor left = torch.tensor(new float[,] { { 1, 2 }, { 3, 4 } });
        Tensor right = torch.tensor(new float[,] { { 5, 6 }, { 7, 8 } });
        Assert.Equal([19f, 22f, 43f, 50f], left.mm(right).data<float>().ToArray());
    }

    [Fact]
    public void TheVersionThatTorchSharpWasBuiltFor_GivesNoWarning() => Assert.Null(TorchRuntime.Warning);

    [Fact]
    public void LibraryDirectory_SetAfterLoading_Throws()
    {
        DGatingTorch.Load();
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => DGatingTorch.LibraryDirectory = "/somewhere");
        Assert.Equal(
            "DGatingTorch.LibraryDirectory was set to '/somewhere' after the native libraries of TorchSharp were loaded. "
            + "Set it before the first trainer is created.",
            error.Message);
        Assert.Null(DGatingTorch.LibraryDirectory);
    }

    [Fact]
    public void TorchSharp_IsHandedItsLibrary()
    {
        // On Linux the loader also finds a loaded library by its bare name, on other systems it does not.
        TorchRuntime.EnsureLoaded();
        Assert.Throws<InvalidOperationException>(() => NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (_, _, _) => 0));
    }

    [Fact]
    public void TorchSharp_StillSaysWhichLibTorchItWasBuiltFor() =>
        Assert.Equal(Version.Parse(torch.__version__).ToString(3), TorchVersions.LibTorch?.ToString());

    [Theory]
    [InlineData("2.10.0", true)]
    [InlineData("2.10.1", true)]
    [InlineData("2.11.0", false)]
    [InlineData("3.10.0", false)]
    public void LibTorchFits_WhereMajorAndMinorAgree(string version, bool fits) =>
        Assert.Equal(fits, TorchVersions.Fits(Version.Parse(version)));
}
