using System.Globalization;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

public sealed class WorthlessTableTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_WhereNoColumnHelps_SaysSo_AndTheConstantIsAModelLikeAnyOther()
    {
        string data = _folder["coins.csv"];
        var random = new Random(1);
        string[] rows = [.. Enumerable.Range(0, 1000).Select(_ => string.Create(CultureInfo.InvariantCulture,
            $"{random.NextDouble():f4},{random.NextDouble():f4},{(random.Next(2) == 0 ? "yes" : "no")}"))];
        File.WriteAllLines(data, ["a,b,y", .. rows]);

        ToolRun run = ToolRun.Of("train", data, "--label", "y", "-o", _folder["m.zip"]).Succeeded();
        Assert.Contains("0 of 2 features selected", run.Output, StringComparison.Ordinal);
        Assert.Matches("better than a constant +no", run.Output);
        Assert.Contains("The features do not predict the label better than a constant does.", run.Error, StringComparison.Ordinal);
        Assert.Equal(1001, ToolRun.Of("predict", _folder["m.zip"], data).Succeeded().Lines.Length);
        Assert.False(ToolRun.Of("inspect", _folder["m.zip"], "--json").Succeeded().Json.GetProperty("isBetterThanConstant").GetBoolean());
        ToolRun.Of("export", _folder["m.zip"], "--onnx", "-o", _folder["m.onnx"]).Succeeded();
    }
}
