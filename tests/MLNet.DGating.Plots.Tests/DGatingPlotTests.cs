using System.Buffers.Binary;
using MLNet.DGating.Plots.Tests.Support;

namespace MLNet.DGating.Plots.Tests;

public sealed class DGatingPlotTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plots-tests-").FullName;
    private readonly DGatingPlot _plot = DGatingPlots.Importance(Samples.Report(12, 5));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void SaveSvg_WritesTheSvgAndNothingElse()
    {
        _plot.SaveSvg(At("a.svg"));
        Assert.Equal(_plot.ToSvg(), File.ReadAllText(At("a.svg")));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(300, 200)]
    [InlineData(200, 300)]
    public void SavePng_HasTheSizeAskedFor(int width, int height)
    {
        _plot.SavePng(At("a.png"), width, height);
        Assert.Equal((width, height), SizeOf(At("a.png")));
    }

    [Fact]
    public void SavePng_WithoutAHeight_HasTheShapeOfThePicture()
    {
        _plot.SavePng(At("a.png"), 450);
        Assert.Equal((450, (int)Math.Round(_plot.Picture.Height / 2)), SizeOf(At("a.png")));
    }

    [Fact]
    public void Save_ReplacesAFile()
    {
        File.WriteAllText(At("a.svg"), "old");
        _plot.SaveSvg(At("a.svg"));
        Assert.Equal(_plot.ToSvg(), File.ReadAllText(At("a.svg")));
    }

    [Fact]
    public void Save_ThatFails_LeavesNothingBehind()
    {
        Directory.CreateDirectory(At("taken"));
        ArgumentException error = Assert.Throws<ArgumentException>(() => _plot.SaveSvg(At("taken")));
        Assert.Contains("is a folder, not a file", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Save_IntoAFolderThatDoesNotExist_SaysWhich()
    {
        string path = At(Path.Combine("nowhere", "a.png"));
        DirectoryNotFoundException error = Assert.Throws<DirectoryNotFoundException>(() => _plot.SavePng(path));
        Assert.Contains($"'{At("nowhere")}'", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Create it first.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(100, 20_000)]
    public void SavePng_OfAnImpossibleSize_SaysWhatIsPossible(int width, int height)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => _plot.SavePng(At("a.png"), width, height));
        Assert.Contains("from 1 to 16384 pixels", error.Message, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static (int Width, int Height) SizeOf(string png)
    {
        byte[] bytes = File.ReadAllBytes(png);
        return (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
    }
}
