using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Tests.Code;
using MLNet.DGating.Tool.Tests.Support;
using MLNet.DGating.Tool.Views;

namespace MLNet.DGating.Tool.Tests.Commands;

/// <summary>Categories of many values explain what they explain, and nothing where they are chance.</summary>
public sealed class ManyValuesTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ArticleNumbers_ExplainThePrice_InTheModelItsOnnxAndItsCode()
    {
        string data = Table(3000, 750, article => new Random(article).NextDouble() * 100);
        JsonElement trained = Train(data, "--code", _folder["code"]);
        Assert.Contains("article.mean", trained.GetProperty("selectedFeatures").EnumerateArray()
            .Select(feature => feature.GetProperty("name").GetString()));
        Assert.InRange(Metric(trained), 0.9, 1);

        double[] predicted = [.. ToolRun.Of("predict", _folder["m.zip"], data, "--predictions-only").Succeeded().Lines.Skip(1)
            .Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        ToolRun.Of("export", _folder["m.zip"], "--onnx", "-o", _folder["m.onnx"]).Succeeded();
        var mlContext = new MLContext();
        IEnumerable<InputColumn> inputs = ModelFile.Describe(_folder["m.zip"]).ReadColumns.Select(column => column.Input);
        var table = new TableView(TestTables.Open(data), inputs, RowFilters.All);
        IDataView scored = mlContext.Transforms.ApplyOnnxModel(_folder["m.onnx"]).Fit(table).Transform(table);
        float[] scores = [.. scored.GetColumn<float[]>("Score").Select(values => values[0])];
        Assert.All(predicted.Zip(scores), pair => Assert.Equal(pair.First, pair.Second, 1e-3));

        var code = GeneratedCode.Compile(_folder["code"], "M");
        code.Use(_folder["m.zip"]);
        string[] cells = File.ReadAllLines(data)[8].Split(',');
        dynamic output = code.Call("Predict", code.Row(["article", "weight", "y"], cells))!;
        Assert.Equal(predicted[7], (double)output.Score, 1e-4);
        string training = File.ReadAllText(Path.Combine(_folder["code"], "M.training.cs"));
        Assert.Contains("Categorical.TargetEncode(", training, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)] // an id
    [InlineData(3)]
    public void AnArticleThatSaysNothing_IsNotUsed(int rowsOfAnArticle)
    {
        JsonElement trained = Train(Table(1500, 1500 / rowsOfAnArticle, _ => 0), "--categorical", "article");
        Assert.Equal(["weight"], trained.GetProperty("usedColumns").EnumerateArray().Select(name => name.GetString()));
    }

    [Theory]
    [InlineData("two")]
    [InlineData("three")]
    public void Classes_HaveTheirSharesAsFeatures(string kind)
    {
        string data = Table(3000, 750, article => new Random(article).NextDouble() * 100, price => kind == "two"
            ? price > 50 ? "dear" : "cheap"
            : price > 66 ? "dear" : price > 33 ? "fair" : "cheap");
        JsonElement trained = Train(data);
        Assert.InRange(trained.GetProperty("metrics").EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == "accuracy").GetProperty("value").GetDouble(), 0.85, 1);
        JsonElement feature = trained.GetProperty("selectedFeatures").EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == "article.mean");
        Assert.Equal(kind == "two" ? 1 : 3, feature.GetProperty("slots").GetInt32());
    }

    private static double Metric(JsonElement trained) => trained.GetProperty("metrics")[0].GetProperty("value").GetDouble();

    private JsonElement Train(string data, params string[] more) =>
        ToolRun.Of(["train", data, "--label", "y", "-o", _folder["m.zip"], "--json", .. more]).Succeeded().Json;

    private string Table(int rows, int articles, Func<int, double> price, Func<double, string>? word = null)
    {
        var random = new Random(1);
        string[] lines = [.. Enumerable.Range(0, rows).Select(row =>
        {
            int article = row * 7919 % articles;
            double weight = random.NextDouble(), y = price(article) + 5 * weight + random.NextDouble();
            return string.Create(CultureInfo.InvariantCulture, $"A{article:d5}x,{weight:f3},") + (word is null ? $"{y:f3}" : word(y));
        })];
        return _folder.Write("t.csv", "article,weight,y\n" + string.Join('\n', lines) + "\n");
    }
}
