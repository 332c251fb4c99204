using System.Globalization;
using System.Text.Json;
using MLNet.DGating.Fuzz.Written;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

/// <summary>Additive models with pairs of features, from a table to a report, predictions and ONNX.</summary>
public sealed class PairShapeTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AProduct_IsATableOfTheReport_AndTheSameInOnnx()
    {
        string table = Table(), model = _folder["pairs.zip"];
        string said = ToolRun.Of("train", table, "--label", "y", "-o", model, "--shape", "additive-with-pairs").Succeeded().Output;
        Assert.Matches("pair +strength", said);
        Assert.Matches(@"a × b +0\.\d", said);
        Assert.Matches(@"a × b +0\.\d", ToolRun.Of("inspect", model).Succeeded().Output);
        Assert.Equal(DGatingModelShape.AdditiveWithPairs, ModelFile.Describe(model).Training.Shape);
        string page = File.ReadAllText(_folder["pairs.html"]);
        Assert.Contains("What pairs of features add together", page, StringComparison.Ordinal);
        Assert.Contains("curves and of what pairs of features add together", page, StringComparison.Ordinal);
        Assert.Contains("<table class=\"matrix heat\">", page, StringComparison.Ordinal);
        Assert.Contains("a × b", page, StringComparison.Ordinal);

        ToolRun.Of("export", model, "--onnx", "-o", _folder["pairs.onnx"]).Succeeded();
        string[] lines = ToolRun.Of("predict", model, table, "--predictions-only").Succeeded().Lines;
        float[] scores = new OnnxRun(_folder["pairs.onnx"], TestTables.Open(table)).Numbers("Score.output", 0);
        Assert.Equal(scores.Length, lines.Length - 1);
        Assert.All(lines.Skip(1).Zip(scores), one =>
            Near.Single(float.Parse(one.First, CultureInfo.InvariantCulture), one.Second, 1e-4));

        ToolRun.Of("train", table, "--label", "y", "--continue", model, "-o", _folder["more.zip"]).FailedWith(
            ExitCode.Usage, "A model of --shape additive-with-pairs cannot be trained on: train anew without --continue.");
    }

    [Theory]
    [InlineData("none", "--shape additive-with-pairs has no --encoding none, since pairs have the edges of curves: leave one of them out.")]
    [InlineData("embedding",
        "--shape additive-with-pairs has no --encoding embedding, above which features interact: leave one of them out.")]
    public void AnEncodingWithoutCurves_IsRefused(string encoding, string message) => ToolRun.Of(
        "train", Table(), "--label", "y", "--shape", "additive-with-pairs", "--encoding", encoding).FailedWith(ExitCode.Usage, message);

    [Fact]
    public void StabilitySelection_IsRefused() => ToolRun.Of(
        "stability", Table(), "--label", "y", "--shape", "additive-with-pairs").FailedWith(
        ExitCode.Usage, "Stability selection has no pairs of features: use --shape additive.");

    [Fact]
    public void ASelection_ListsPairs_AndNoCountsWhereOneWasGiven()
    {
        string[] asked = ["select", Table(), "--label", "y", "--shape", "additive-with-pairs", "--features", "3"];
        string said = ToolRun.Of(asked).Succeeded().Output;
        Assert.Matches(@"a × b +0\.\d", said);
        Assert.DoesNotContain("What each count of features costs", said, StringComparison.Ordinal);
        JsonElement pair = ToolRun.Of([.. asked, "--json"]).Succeeded().Json.GetProperty("pairs")[0];
        Assert.Equal(("a", "b"), (pair.GetProperty("first").GetString(), pair.GetProperty("second").GetString()));
    }

    // Two numbers whose product counts, a color, and a number that says nothing.
    private string Table()
    {
        var random = new Random(1);
        string[] colors = ["red", "green", "blue"];
        IEnumerable<string[]> rows = Enumerable.Range(0, 1200).Select(_ =>
        {
            double a = random.NextDouble(), b = random.NextDouble();
            int color = random.Next(3);
            double y = a + b + 6 * (a - 0.5) * (b - 0.5) + color + 0.2 * random.NextDouble();
            return Array.ConvertAll([a, b, random.NextDouble()], value => value.ToString("f4", CultureInfo.InvariantCulture))
                .Concat([colors[color], y.ToString("f4", CultureInfo.InvariantCulture)]).ToArray();
        });
        return _folder.Write("rows.csv", TestTables.Csv(rows.Prepend(["a", "b", "noise", "color", "y"])));
    }
}
