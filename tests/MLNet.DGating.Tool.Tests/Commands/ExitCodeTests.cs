using System.IO.Compression;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

/// <summary>What goes wrong is one line with the cure, and a number for scripts.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private const string Table = "x,y,word\n1,0,a\n2,1,b\n3,0,a\n4,1,b\n";

    private readonly Folder _folder = new();
    private readonly string _data;

    public ExitCodeTests()
    {
        _data = _folder.Write("data.csv", Table);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--help")]
    [InlineData("train", "--help")]
    [InlineData("select", "--help")]
    [InlineData("predict", "--help")]
    [InlineData("inspect", "--help")]
    [InlineData("code", "--help")]
    public void Help_IsASuccess_AndHasExamples(params string[] arguments) =>
        Assert.Contains("dgating ", ToolRun.Of(arguments).Succeeded().Output, StringComparison.Ordinal);

    [Fact]
    public void ACommandLineThatIsWrong_Is2()
    {
        ToolRun.Of("train", _data).FailedWith(ExitCode.Usage, "--label", "dgating train --help");
        ToolRun.Of("trian", _data).FailedWith(ExitCode.Usage, "trian", "did you mean 'train'?");
        ToolRun.Of("train", _data, "--label", "y", "--features", "0").FailedWith(ExitCode.Usage, "--features must be at least 1");
        ToolRun.Of("train", _data, "--label", "y", "--features", "many").FailedWith(ExitCode.Usage, "many");
        ToolRun.Of("train", _data, "--label", "y", "--task", "rank").FailedWith(ExitCode.Usage, "rank");
        ToolRun.Of("train", _data, "--label", "y", "--split", "1", "-o", _folder["m.zip"]).FailedWith(ExitCode.Usage, "--split must be");
        ToolRun.Of("train", _data, "--label", "y", "--split", "0.1", "--test", _data, "-o", _folder["m.zip"]).FailedWith(ExitCode.Usage, "contradict");
        ToolRun.Of("train", _data, "--label", "y", "--separator", "::", "-o", _folder["m.zip"]).FailedWith(ExitCode.Usage, "--separator '::'");
        ToolRun.Of("train", _data, "--label", "y", "--ignore", "y", "-o", _folder["m.zip"]).FailedWith(ExitCode.Usage, "'y' is the label");
    }

    [Fact]
    public void AFileThatCannotBeRead_Is3()
    {
        ToolRun.Of("train", _folder["none.csv"], "--label", "y", "-o", _folder["m.zip"]).FailedWith(ExitCode.Input, "does not exist");
        ToolRun.Of("train", _data, "--label", "why", "-o", _folder["m.zip"]).FailedWith(ExitCode.Input, "has no column 'why'");
        ToolRun.Of("train", _data, "--label", "y", "--ignore", "wrd", "-o", _folder["m.zip"]).FailedWith(ExitCode.Input, "did you mean 'word'?");
        ToolRun.Of("train", _data, "--label", "y", "--test", _folder.Write("test.csv", "x,y\n1,0\n"), "-o", _folder["m.zip"]).FailedWith(ExitCode.Input, "has no column 'word'");
        ToolRun.Of("train", _folder.Write("fake.parquet", "PAR1 and nothing else"), "--label", "y", "-o", _folder["m.zip"]).FailedWith(ExitCode.Input, "fake.parquet");
        ToolRun.Of("predict", _folder["none.zip"], _data).FailedWith(ExitCode.Input, "does not exist");
        ToolRun.Of("inspect", _data).FailedWith(ExitCode.Input, "a model that dgating train wrote");
        ToolRun.Of("inspect", OtherZip()).FailedWith(ExitCode.Input, "was not written by dgating train");
    }

    [Fact]
    public void AFileThatCannotBeWritten_Is4_BeforeAnythingIsDone()
    {
        _folder.Write("there.zip", "precious");
        ToolRun.Of("train", _folder["none.csv"], "--label", "y", "-o", _folder["there.zip"]).FailedWith(ExitCode.Output, "--force");
        ToolRun.Of("train", _folder["none.csv"], "--label", "y", "-o", _folder["no/m.zip"]).FailedWith(ExitCode.Output, "create it first");
        ToolRun.Of("train", _folder["none.csv"], "--label", "y", "-o", Path.GetDirectoryName(_data)!).FailedWith(ExitCode.Output, "is a folder");
        ToolRun.Of("select", _data, "--label", "y", "-o", "/proc/few.csv").FailedWith(ExitCode.Output, "/proc/few.csv");
        Assert.Equal("precious", File.ReadAllText(_folder["there.zip"]));
        Assert.Equal(["data.csv", "there.zip"], _folder.Files.Order());
    }

    [Fact]
    public void DataThatNothingCanBeLearntFrom_Is5()
    {
        ToolRun.Of("train", _data, "--label", "y", "--ignore", "x", "word", "-o", _folder["m.zip"]).FailedWith(ExitCode.Training, "No column is left");
        ToolRun.Of("train", _folder.Write("one.csv", "x,y\n1,a\n2,a\n"), "--label", "y", "-o", _folder["m.zip"]).FailedWith(ExitCode.Training, "nothing to predict");
        ToolRun.Of("train", _folder.Write("few.csv", "x,y\n1,a\n2,b\n"), "--label", "y", "--split", "0", "-o", _folder["m.zip"]).FailedWith(ExitCode.Training);
        ToolRun.Of("train", _data, "--label", "y", "--weight", "word", "-o", _folder["m.zip"]).FailedWith(ExitCode.Training, "'word' holds words");
        Assert.False(File.Exists(_folder["m.zip"]));
    }

    [Fact]
    public void WithJson_AnErrorIsAnObjectToo()
    {
        ToolRun run = ToolRun.Of("train", _folder["none.csv"], "--label", "y", "-o", _folder["m.zip"], "--json");
        run.FailedWith(ExitCode.Input, "does not exist");
        Assert.Equal(3, run.Json.GetProperty("exitCode").GetInt32());
        Assert.Contains("none.csv", run.Json.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private string OtherZip()
    {
        using ZipArchive zip = ZipFile.Open(_folder["other.zip"], ZipArchiveMode.Create);
        zip.CreateEntry("something");
        return _folder["other.zip"];
    }
}
