using System.Text.Json;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

public sealed class CancellationTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(DGatingPhase.Dense)]
    [InlineData(DGatingPhase.Path)]
    public void CtrlC_OnTheWay_KeepsTheBestModelSoFar(DGatingPhase phase)
    {
        using var error = new StopsAt(PhaseWords.Of(phase), _stop);
        string data = Examples.Fares(_folder, rows: 300);
        ToolRun run = ToolRun.Of(error, _stop.Token, "train", data, "--label", "fare_amount", "-o", _folder["m.zip"]).Succeeded();
        Assert.Contains("stopped; the model is the best that was found so far", run.Error, StringComparison.Ordinal);
        JsonElement model = ToolRun.Of("inspect", _folder["m.zip"], "--json").Succeeded().Json;
        Assert.False(model.GetProperty("training").GetProperty("isComplete").GetBoolean());
        Assert.Equal(301, ToolRun.Of("predict", _folder["m.zip"], data).Succeeded().Lines.Length);
    }

    [Fact]
    public void CtrlC_WhileTheModelIsTested_KeepsIt_AndSaysHowMuchWasTested()
    {
        using var error = new StopsAt("Fold 3 of 5", _stop);
        string data = Examples.Fares(_folder, rows: 300);
        ToolRun run = ToolRun.Of(
            error, _stop.Token, "train", data, "--label", "fare_amount", "--features", "2", "-o", _folder["m.zip"]).Succeeded();
        Assert.Contains("2 of 5 folds were tested, with 120 rows", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("stopped; the model is the best", run.Error, StringComparison.Ordinal);
        Assert.Equal(301, ToolRun.Of("predict", _folder["m.zip"], data).Succeeded().Lines.Length);
    }

    [Fact]
    public void CtrlC_BeforeThereIsAModel_Is130_AndLeavesNoFile()
    {
        string data = Examples.Fares(_folder, rows: 300);
        _stop.Cancel();
        var run = ToolRun.Of(_stop.Token, "train", data, "--label", "fare_amount", "-o", _folder["m.zip"]);
        run.FailedWith(ExitCode.Cancelled, "stopped before there was a model");
        Assert.Equal(["fares.csv"], _folder.Files);
    }

    /// <summary>An error stream that cancels when a line is written.</summary>
    private sealed class StopsAt(string line, CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(line, StringComparison.Ordinal) == true)
            {
                stop.Cancel();
            }
        }
    }
}
