using System.Text.Json;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

[Collection(nameof(TrainedModels))]
public sealed class SelectCommandTests(TrainedModels models)
{
    [Fact]
    public void Select_WritesTheColumnsItSelected_AsTheyWere()
    {
        string[] arguments = ["select", models.Fares, "--label", "fare_amount", "-k", "2", "-o", models["few.csv"], "--json"];
        JsonElement json = ToolRun.Of(arguments).Succeeded().Json;
        string[] columns = [.. json.GetProperty("columns").EnumerateArray().Select(name => name.GetString()!), "fare_amount"];
        string[][] written = TestTables.Cells(models["few.csv"]);
        string[][] source = TestTables.Cells(models.Fares);
        Assert.Equal(3, columns.Length);
        Assert.Equal(columns.Order(), written[0].Order());
        Assert.All(columns, column => Assert.Equal(Column(source, column), Column(written, column)));
    }

    [Fact]
    public void Select_ShowsItsProgressOnTheErrorStream_AndTheSelectionOnTheOther()
    {
        ToolRun run = ToolRun.Of("select", models.Fares, "--label", "fare_amount", "-k", "2").Succeeded();
        Assert.Contains(PhaseWords.Of(DGatingPhase.Path), run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(PhaseWords.Of(DGatingPhase.Path), run.Output, StringComparison.Ordinal);
        Assert.Contains("2 of 6 features selected", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Select_TestsOnRowsThatHadNoSay_WhereThatIsAskedFor_AndElseSaysThatAllHadOne()
    {
        string[] arguments = ["select", models.Fares, "--label", "fare_amount", "-k", "2"];
        ToolRun all = ToolRun.Of(arguments).Succeeded();
        Assert.Contains("All rows had a say in the selection", all.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("95 % interval", all.Output, StringComparison.Ordinal);

        ToolRun tested = ToolRun.Of([.. arguments, "--folds", "3"]).Succeeded();
        Assert.Contains("each predicted by one of 3 models that were not trained on it", tested.Output, StringComparison.Ordinal);
        Assert.Contains("95 % interval", tested.Output, StringComparison.Ordinal);
        JsonElement metric = ToolRun.Of([.. arguments, "--split", "0.3", "--json"]).Succeeded().Json.GetProperty("metrics")[0];
        Assert.Equal("rSquared", metric.GetProperty("name").GetString());
        Assert.InRange(metric.GetProperty("value").GetDouble(), 0.7, 1);
        ToolRun.Of([.. arguments, "--folds", "3", "--split", "0.3"]).FailedWith(ExitCode.Usage, "contradict each other");
    }

    private static string[] Column(string[][] table, string name) =>
        Array.ConvertAll(table, row => row[Array.IndexOf(table[0], name)]);
}
