using System.IO.Compression;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Models;

/// <summary>A model's zip that is not as it was written is refused before ML.NET reads it.</summary>
[Collection(nameof(TrainedModels))]
public sealed class ModelArchiveTests(TrainedModels models) : IDisposable
{
    private readonly Folder _folder = new();

    [Fact]
    public void Check_OfAModelAsItWasWritten_LetsItThrough() => Inspect(Changed(_ => { })).Succeeded();

    [Fact]
    public void Check_OfAnyEntryThatWasChanged_NamesIt()
    {
        using ZipArchive original = ZipFile.OpenRead(models["fare.zip"]);
        string[] names = [.. original.Entries.Select(entry => entry.FullName).Where(name => name != "dgating.sha256")];
        Assert.All(names, name =>
        {
            string path = Changed(zip =>
            {
                using Stream stream = zip.GetEntry(name)!.Open();
                stream.Seek(-1, SeekOrigin.End);
                int last = stream.ReadByte();
                stream.Seek(-1, SeekOrigin.End);
                stream.WriteByte((byte)(last ^ 1));
            });
            Inspect(path).FailedWith(ExitCode.Input, "is damaged", name, "--trust");
        });
    }

    [Fact]
    public void Check_OfAnEntryThatIsMissingOrNew_NamesIt()
    {
        Inspect(Changed(zip => zip.GetEntry("dgating.html")!.Delete())).FailedWith(ExitCode.Input, "'dgating.html' is missing");
        Inspect(Changed(zip => zip.CreateEntry("more"))).FailedWith(ExitCode.Input, "'more' is not in the list of checksums");
    }

    [Theory]
    [InlineData("../evil"), InlineData("/etc/evil"), InlineData("a/../../evil"), InlineData("C:\\evil"), InlineData("..\\evil")]
    public void Check_OfANameThatLeadsOut_Refuses(string name) =>
        Inspect(Changed(zip => zip.CreateEntry(name))).FailedWith(ExitCode.Input, "leads out of the archive");

    [Fact]
    public void Check_OfABomb_RefusesBeforeItIsUnpacked()
    {
        string path = Changed(zip =>
        {
            using Stream stream = zip.CreateEntry("bomb", CompressionLevel.SmallestSize).Open();
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 128; i++)
            {
                stream.Write(zeros);
            }
        });
        Inspect(path).FailedWith(ExitCode.Input, "is damaged", "would become");
    }

    [Fact]
    public void Trust_LoadsWhatTheChecksumsRefuse()
    {
        string path = Changed(zip => zip.GetEntry("dgating.sha256")!.Delete());
        Inspect(path).FailedWith(ExitCode.Input, "has no checksums", "--trust");
        Assert.All((string[])["inspect", "explain", "predict"], command =>
        {
            string[] data = command == "inspect" ? [] : [models.Fares];
            ToolRun.Of([command, path, .. data]).FailedWith(ExitCode.Input, "--trust");
            ToolRun.Of([command, path, .. data, "--trust"]).Succeeded();
        });
        ToolRun.Of("export", path, "--onnx", "-o", _folder["m.onnx"], "--trust").Succeeded();
        ToolRun.Of("code", path, "-o", _folder["code"], "--trust").Succeeded();
        ToolRun.Of("report", path, "-o", _folder["m.html"], "--trust").Succeeded();
    }

    [CasesTheory]
    [InlineData("1_tool_hang_0"), InlineData("1_tool_hang_104"), InlineData("1_tool_hang_2198"), InlineData("1_tool_silent_10")]
    [InlineData("1_tool_silent_107"), InlineData("1_tool_silent_122"), InlineData("1_tool_silent_2202"), InlineData("1_tool_silent_2213")]
    [InlineData("1_tool_silent_25"), InlineData("3_deep_json"), InlineData("3_traversal"), InlineData("1_bomb_layer_20m")]
    [InlineData("1_bomb_names_300mb"), InlineData("1_name_2g"), InlineData("1_names_2g"), InlineData("1_ranges_7fffffff")]
    public void Check_OfAModelThatWasFoundToFail_RefusesIt(string name)
    {
        string path = Path.Combine(CasesTheoryAttribute.Folder, "..", "damaged-models", name + ".zip");
        long before = GC.GetAllocatedBytesForCurrentThread();
        ToolRun.Of("predict", path, models.Fares).FailedWith(ExitCode.Input, name);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    public void Dispose() => _folder.Dispose();

    private static ToolRun Inspect(string path) => ToolRun.Of("inspect", path);

    private string Changed(Action<ZipArchive> change)
    {
        string path = _folder[Path.GetRandomFileName() + ".zip"];
        File.Copy(models["fare.zip"], path);
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update);
        change(zip);
        return path;
    }
}
