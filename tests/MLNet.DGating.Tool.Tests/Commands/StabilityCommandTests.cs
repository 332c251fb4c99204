using System.Globalization;
using System.Text.Json;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

public sealed class StabilityCommandTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly string _data;

    public StabilityCommandTests()
    {
        var random = new Random(1);
        IEnumerable<string[]> rows = Enumerable.Range(0, 200).Select(_ =>
        {
            double[] numbers = [.. Enumerable.Range(0, 5).Select(_ => Math.Round(random.NextDouble(), 3))];
            double label = numbers[0] + (2 * numbers[3]);
            return (string[])[.. numbers.Append(label).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        });
        _data = _folder.Write("data.csv", TestTables.Csv([["a", "b", "c", "d", "e", "y"], .. rows]));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Stability_NamesTheFeaturesThatMatter_AndWritesThem()
    {
        string file = _folder["stable.csv"];
        JsonElement json = Run("--features", "2", "--pairs", "3", "-o", file, "--json").Succeeded().Json;
        Assert.Equal(2, json.GetProperty("featureCount").GetInt32());
        string[] stable = [.. json.GetProperty("features").EnumerateArray()
            .Where(feature => feature.GetProperty("isStable").GetBoolean()).Select(feature => feature.GetProperty("name").GetString()!)];
        Assert.Equal(["a", "d"], stable.Order());
        string[][] cells = TestTables.Cells(file);
        Assert.Equal(["feature", "column", "frequency", "stable"], cells[0]);
        Assert.Equal(stable, cells.Where(row => row[3] == "yes").Select(row => row[0]));
    }

    [Fact]
    public void Stability_SaysHowManyAreStable_AndHowManyChanceAloneGives()
    {
        string text = Run("--features", "2", "--pairs", "2").Succeeded().Output;
        Assert.Contains("2 stable features: 75 % or more of the 4 runs select them, 2 features each.", text, StringComparison.Ordinal);
        Assert.Contains("Expected by chance: at most ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Stability_RefusesWhatMakesNoSense()
    {
        Run("--pairs", "0").FailedWith(ExitCode.Usage, "--pairs must be at least 1, but was 0");
        Run("--threshold", "0.5").FailedWith(ExitCode.Usage, "--threshold must be above 0.5 and at most 1, but was 0.5");
        Run("-o", _data).FailedWith(ExitCode.Output, "data.csv' exists");
    }

    private ToolRun Run(params string[] more) => ToolRun.Of(["stability", _data, "--label", "y", .. more]);
}
