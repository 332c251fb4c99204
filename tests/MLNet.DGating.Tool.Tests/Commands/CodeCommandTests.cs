using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

[Collection(nameof(TrainedModels))]
public sealed class CodeCommandTests(TrainedModels models)
{
    [Fact]
    public void Code_WritesWhatTrainWrites()
    {
        ToolRun.Of("code", models["fare.zip"], "-o", models["again"]).Succeeded();
        string[] files = Directory.GetFiles(models["fare"]);
        Assert.Equal(4, files.Length);
        Assert.All(files, file =>
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(models["again"], Path.GetFileName(file)))));
        ToolRun.Of("code", models["fare.zip"], "-o", models["again"]).FailedWith(ExitCode.Output, "exists: give --force");
    }
}
