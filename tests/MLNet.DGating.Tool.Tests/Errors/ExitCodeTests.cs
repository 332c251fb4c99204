using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Errors;

/// <summary>An error is one line with the cure, and a number for scripts.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private const string Table = "x,y,word\n1,0,a\n2,1,b\n3,0,a\n4,1,b\n";

    private readonly Folder _folder = new();
    private readonly string _data, _model, _none;

    public ExitCodeTests()
    {
        _data = _folder.Write("data.csv", Table);
        _model = _folder["m.zip"];
        _none = _folder["none.csv"];
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train")]
    [InlineData("select")]
    [InlineData("stability")]
    [InlineData("predict")]
    [InlineData("report")]
    [InlineData("inspect")]
    [InlineData("export")]
    [InlineData("code")]
    public void Help_IsASuccess_AndHasAnExample(string command)
    {
        string text = ToolRun.Of(command, "--help").Succeeded().Output;
        Assert.Matches($@"Examples?:\s+dgating {command} \S", text);
        Assert.Matches(@"\n  --json +Print the result as one JSON object, for scripts", text);
        Assert.Matches($@"\n  {command} <[\w.]+>(\.\.\.)?( <\w+>)? +[A-Z]\w+ ", ToolRun.Of("--help").Succeeded().Output);
    }

    [Fact]
    public void ACommandLineThatIsWrong_Is2()
    {
        ToolRun.Of("train", _data).FailedWith(ExitCode.Usage, "Option '--label' is required; dgating train --help tells more.");
        ToolRun.Of("trian", _data).FailedWith(
            ExitCode.Usage, "'trian' is not understood (did you mean 'train'?); dgating --help tells more.");
        Train(_data, "y", "--features", "0").FailedWith(ExitCode.Usage, "--features must be at least 1");
        Train(_data, "y", "--features", "many").FailedWith(ExitCode.Usage, "Cannot parse argument 'many' for option '--features'; dgating");
        Train(_data, "y", "--task", "rank").FailedWith(
            ExitCode.Usage, "Argument 'rank' not recognized. Must be one of: 'auto' 'binary' 'multiclass' 'regression'; dgating");
        Train(_data, "y", "--split", "1").FailedWith(ExitCode.Usage, "--split must be from 0 to 0.9, but was 1.");
        Train(_data, "y", "--split", "0.1", "--test", _data).FailedWith(ExitCode.Usage, "--split and --test contradict each other");
        Train(_data, "y", "--separator", "::").FailedWith(ExitCode.Usage, "--separator '::' is not one character");
        Train(_data, "y", "--separator", "Ж").FailedWith(ExitCode.Usage, "--separator 'Ж' cannot be taken");
        Train(_data, "y", "--separator", "\"").FailedWith(ExitCode.Usage, "--separator '\"' cannot be taken");
        Train(_data, "y", "--header", "--no-header").FailedWith(ExitCode.Usage, "--header and --no-header contradict");
        Train(_data, "y", "--ignore", "y").FailedWith(ExitCode.Usage, "'y' is the label: it cannot be ignored");
        Train(_data, "y", "--loss", "--force").FailedWith(
            ExitCode.Usage, "--loss lacks its value, since --force behind it is an option; dgating train --help tells more.");
        Train(_data, "y", "--encoding", "--json").FailedWith(ExitCode.Usage, "--encoding lacks its value, since --json behind it");
        ToolRun.Of("train", _data, "--label=--json").FailedWith(ExitCode.Input, "has no column '--json'");
    }

    [Fact]
    public void AFileThatCannotBeRead_Is3()
    {
        string test = _folder.Write("test.csv", "x,y\n1,0\n");
        string parquet = _folder.Write("fake.parquet", "PAR1 and nothing else");
        Train(_none, "y").FailedWith(ExitCode.Input, "none.csv' does not exist: check the path");
        Train(_data, "why").FailedWith(ExitCode.Input, "has no column 'why'");
        Train(_data, "y", "--ignore", "wrd").FailedWith(ExitCode.Input, "did you mean 'word'?");
        Train(_data, "y", "--test", test).FailedWith(ExitCode.Input, "has no column 'word'");
        Train(parquet, "y").FailedWith(ExitCode.Input, "fake.parquet' is damaged, or not as Parquet files are: ");
        ToolRun.Of("predict", _folder["none.zip"], _data).FailedWith(ExitCode.Input, "none.zip' does not exist: check the path");
        ToolRun.Of("inspect", _folder.Write("table.zip", Table)).FailedWith(ExitCode.Input, "a model that dgating train wrote");
        ToolRun.Of("inspect", OtherZip()).FailedWith(ExitCode.Input, "was not written by dgating train");
    }

    [Fact]
    public void AFileThatCannotBeWritten_Is4_BeforeAnythingIsDone()
    {
        string there = _folder.Write("there.zip", "precious"), folder = Path.GetDirectoryName(_data)!;
        ToolRun.Of("train", _none, "--label", "y", "-o", there).FailedWith(ExitCode.Output, "there.zip' exists: give --force");
        ToolRun.Of("train", _none, "--label", "y", "-o", _folder["no/m.zip"]).FailedWith(
            ExitCode.Output, "m.zip' does not exist: create it first.");
        ToolRun.Of("train", _none, "--label", "y", "-o", folder).FailedWith(ExitCode.Output, $"'{folder}' is a folder: name a file in it.");
        ToolRun.Of("select", _data, "--label", "y", "-o", "/proc/few.csv").FailedWith(
            ExitCode.Output, "'/proc/few.csv' cannot be written: ");
        Assert.Equal("precious", File.ReadAllText(there));
        Assert.Equal(["data.csv", "there.zip"], _folder.Files.Order());
    }

    [Fact]
    public void DataThatNothingCanBeLearntFrom_Is5()
    {
        string one = _folder.Write("one.csv", "x,y\n1,a\n2,a\n"), few = _folder.Write("few.csv", "x,y\n1,a\n2,b\n");
        Train(_data, "y", "--ignore", "x", "word").FailedWith(
            ExitCode.Training, "No column is left to predict 'y' from: 'x' ignored as asked");
        Train(_folder.Write("only.csv", "y\n1\n0\n1\n"), "y").FailedWith(
            ExitCode.Training, "The table has no other column than the label 'y': a prediction needs at least one column to be made from.");
        Train(one, "y").FailedWith(ExitCode.Training, "The label 'y' is 'a' in every row: there is nothing to predict.");
        Train(few, "y", "--split", "0").FailedWith(ExitCode.Training, "2 rows are too few to hold some out");
        Train(_data, "y", "--weight", "word").FailedWith(ExitCode.Training, "The weight 'word' holds words, not numbers");
        Assert.False(File.Exists(_model));
    }

    [Theory]
    [InlineData(typeof(OutOfMemoryException), "Array dimensions exceeded supported range.")]
    [InlineData(typeof(ExternalException), "DefaultCPUAllocator: can't allocate memory: you tried to allocate 24000000 bytes.")]
    [InlineData(typeof(ExternalException), "std::bad_alloc")]
    public void TooLittleMemory_Is5_WhoeverHasNone(Type type, string message) =>
        AssertIsOfMemory((Exception)Activator.CreateInstance(type, message)!);

    [Fact]
    public void AnAssemblyThatIsThere_ButCannotBeLoaded_LacksMemory() =>
        AssertIsOfMemory(new FileNotFoundException("Could not load file or assembly.", "Spectre.Console, Version=1.0.0.0"));

    private void AssertIsOfMemory(Exception fault)
    {
        using var output = new FullWriter(new InvalidOperationException("wrapped", fault));
        using var error = new StringWriter();
        int code = DGatingTool.Run(["inspect", _data], new ToolContext(output, error, IsInteractive: false, CancellationToken.None));
        Assert.Equal(5, code);
        string sentence = Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("dgating: the memory that this process may use does not suffice: give", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void WithJson_AnErrorIsAnObjectToo()
    {
        ToolRun run = Train(_none, "y", "--json");
        string error = run.Json.GetProperty("error").GetString()!;
        Assert.Equal(3, run.Json.GetProperty("exitCode").GetInt32());
        Assert.Contains("none.csv' does not exist: check the path", error, StringComparison.Ordinal);
        run.FailedWith(ExitCode.Input, "dgating: " + error);
    }

    private ToolRun Train(string data, string label, params string[] more) =>
        ToolRun.Of(["train", data, "--label", label, "-o", _model, .. more]);

    private string OtherZip()
    {
        using ZipArchive zip = ZipFile.Open(_folder["other.zip"], ZipArchiveMode.Create);
        zip.CreateEntry("something");
        return _folder["other.zip"];
    }

    private sealed class FullWriter(Exception fault) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw fault;
    }
}
