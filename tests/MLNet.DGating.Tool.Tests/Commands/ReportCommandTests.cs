using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

[Collection(nameof(TrainedModels))]
public sealed class ReportCommandTests(TrainedModels models)
{
    [Fact]
    public void Report_IsThePageThatTrainWrote()
    {
        ToolRun.Of("report", models["income.zip"], "-o", models["page.html"]).Succeeded();
        string page = File.ReadAllText(models["page.html"]);
        Assert.Equal(File.ReadAllText(models["income.html"]), page);
        Assert.Contains("<svg xmlns=\"http://www.w3.org/2000/svg\"", page, StringComparison.Ordinal);
        Assert.Contains("label(IsOver50K) of adult.csv", page, StringComparison.Ordinal);
    }
}
