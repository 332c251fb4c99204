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

/// <summary>Any name and any value can be in a table: it trains, predicts, exports and becomes C# like others.</summary>
public sealed class StrangersNamesTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Features", "Label", "PredictedLabel", "y")]
    [InlineData("Score", "Probability", "Prediction", "y")]
    [InlineData("a", "a.missing", "Features", "Label")]
    [InlineData("a", "b", "c", "Score")]
    [InlineData("a", "b", "Score", "PredictedLabel")]
    [InlineData("a", "Label", "c", "Features")]
    [InlineData("a\nb", "c \"d\"", "\u0001e", "Probability")]
    public void Train_OfNamesThatMLNetUses_PredictsAndExports(string first, string second, string third, string label)
    {
        string[] names = [first, second, third, label];
        foreach (string task in (string[])["binary", "regression", "multiclass"])
        {
            string data = Table(names, task), model = _folder[$"{task}.zip"];
            ToolRun run = ToolRun.Of(
                "train", data, "--label", label, "--task", task, "-o", model, "--force", "--features", "2", "--json", "--encoding", "none",
                "--code", _folder[task]).Succeeded();
            Assert.Equal([first, second], run.Json.GetProperty("usedColumns").EnumerateArray().Select(name => name.GetString()).Order()
                .OrderBy(name => Array.IndexOf(names, name)));
            string[] predicted = [.. ToolRun.Of("predict", model, data, "--predictions-only").Succeeded().Lines.Skip(1)];
            Assert.Equal(300, predicted.Length);
            ToolRun.Of("export", model, "--onnx", "-o", _folder["m.onnx"], "--force").Succeeded();
            ToolRun.Of("explain", model, data, "--rows", "1").Succeeded();
            GeneratedCode.Compile(_folder[task], task[..1].ToUpperInvariant() + task[1..]);
            Assert.DoesNotContain('\u0001', File.ReadAllText(_folder[$"{task}.html"]));
        }
    }

    [Fact]
    public void LargeNumbers_KeepTheirDifferences_InTheModelItsOnnxAndItsCode()
    {
        string[] rows = [.. Enumerable.Range(0, 400).Select(i => string.Create(CultureInfo.InvariantCulture,
            $"{1e9 + i * 37 % 401 / 4.0:f2},{i * 53 % 97 / 97.0:f3},{i * 37 % 401 / 4.0 + i % 5:f2}"))];
        string data = _folder.Write("t.csv", "meter,noise,y\n" + string.Join('\n', rows) + "\n");
        ToolRun run = ToolRun.Of(
            "train", data, "--label", "y", "-o", _folder["m.zip"], "--json", "--code", _folder["code"], "--features", "1").Succeeded();
        Assert.Equal("meter", run.Json.GetProperty("usedColumns")[0].GetString());
        Assert.InRange(run.Json.GetProperty("metrics")[0].GetProperty("value").GetDouble(), 0.99, 1);

        float[] predicted = [.. ToolRun.Of("predict", _folder["m.zip"], data, "--predictions-only").Succeeded().Lines.Skip(1)
            .Select(line => float.Parse(line, CultureInfo.InvariantCulture))];
        ToolRun.Of("export", _folder["m.zip"], "--onnx", "-o", _folder["m.onnx"]).Succeeded();
        var mlContext = new MLContext();
        IEnumerable<InputColumn> inputs = ModelFile.Describe(_folder["m.zip"]).Columns.Select(column => column.Input);
        var table = new TableView(TestTables.Open(data), inputs, RowFilters.All);
        Assert.Equal(NumberDataViewType.Double, table.Schema["meter"].Type);
        IDataView scored = mlContext.Transforms.ApplyOnnxModel(_folder["m.onnx"]).Fit(table).Transform(table);
        float[] scores = [.. scored.GetColumn<float[]>("Score").Select(values => values[0])];
        Assert.All(predicted.Zip(scores), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));

        var code = GeneratedCode.Compile(_folder["code"], "M");
        code.Use(_folder["m.zip"]);
        dynamic output = code.Call("Predict", code.Row(["meter", "noise", "y"], rows[7].Split(',')))!;
        Assert.Equal(predicted[7], (float)output.Score);
    }

    [Theory]
    [InlineData(5e6, 325)]
    [InlineData(1.76e9, 9_600)]
    [InlineData(-3e12, 50_000)]
    public void LargeLabels_KeepTheirDifferences_InTheModelItsOnnxAndItsCode(double mean, double spread)
    {
        string[] rows = [.. Enumerable.Range(0, 400).Select(i => string.Create(CultureInfo.InvariantCulture,
            $"{i * 37 % 401 / 100.0:f2},{i * 53 % 97 / 97.0:f3},{mean + spread * (i * 37 % 401 / 100.0 + i % 5 / 20.0):f2}"))];
        string data = _folder.Write("t.csv", "u,noise,y\n" + string.Join('\n', rows) + "\n");
        ToolRun run = ToolRun.Of("train", data, "--label", "y", "-o", _folder["m.zip"], "--json", "--code", _folder["code"]).Succeeded();
        Assert.Equal("u", run.Json.GetProperty("usedColumns")[0].GetString());
        Assert.InRange(run.Json.GetProperty("metrics")[0].GetProperty("value").GetDouble(), 0.99, 1);

        double[] predicted = [.. ToolRun.Of("predict", _folder["m.zip"], data, "--predictions-only").Succeeded().Lines.Skip(1)
            .Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        double[] labels = [.. TestTables.Cells(data).Skip(1).Select(row => double.Parse(row[^1], CultureInfo.InvariantCulture))];
        Assert.InRange(Math.Sqrt(predicted.Zip(labels).Average(pair => Math.Pow(pair.First - pair.Second, 2))), 0, 0.12 * spread);

        ToolRun.Of("export", _folder["m.zip"], "--onnx", "-o", _folder["m.onnx"]).Succeeded();
        var mlContext = new MLContext();
        IEnumerable<InputColumn> inputs = ModelFile.Describe(_folder["m.zip"]).Columns.Select(column => column.Input);
        var table = new TableView(TestTables.Open(data), inputs, RowFilters.All);
        IDataView scored = mlContext.Transforms.ApplyOnnxModel(_folder["m.onnx"]).Fit(table).Transform(table);
        double[] scores = [.. scored.GetColumn<double[]>("Prediction").Select(values => values[0])];
        Assert.All(predicted.Zip(scores), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * spread));

        var code = GeneratedCode.Compile(_folder["code"], "M");
        code.Use(_folder["m.zip"]);
        dynamic output = code.Call("Predict", code.Row(["u", "noise", "y"], rows[7].Split(',')))!;
        Assert.Equal(predicted[7], (double)output.Prediction);
        Assert.Equal((float)predicted[7], (float)output.Score);

        ToolRun continued = ToolRun.Of(
            "train", data, "--label", "y", "--continue", _folder["m.zip"], "-o", _folder["n.zip"], "--json").Succeeded();
        Assert.InRange(continued.Json.GetProperty("metrics")[0].GetProperty("value").GetDouble(), 0.99, 1);
        JsonElement explained =
            ToolRun.Of("explain", _folder["m.zip"], data, "--rows", "1", "--json").Succeeded().Json.GetProperty("rows")[0];
        Assert.Equal(predicted[0], explained.GetProperty("score").GetDouble(), 1e-5 * spread);
    }

    [Fact]
    public void LongNames_AreShortenedWhereTheyAreShown()
    {
        string name = new('n', 20_000);
        string[] rows = [.. Enumerable.Range(0, 200).Select(i => $"{i},{i * 7 % 11},{(i < 100 ? 0 : 1)}")];
        string data = _folder.Write("t.csv", $"{name}1,{name}2,y\n" + string.Join('\n', rows) + "\n");
        ToolRun run = ToolRun.Of("train", data, "--label", "y", "-o", _folder["m.zip"]).Succeeded();
        Assert.True(run.Output.Length + run.Error.Length < 10_000);
        Assert.Contains("nn…nn", run.Output, StringComparison.Ordinal);
        Assert.Equal(name + "1", ModelFile.Describe(_folder["m.zip"]).UsedColumns.First().Name);
    }

    [Fact]
    public void ControlCharacters_DoNotReachTheTerminal()
    {
        string[] rows = [.. Enumerable.Range(0, 200).Select(i => $"{i * 7 % 100},{(i * 7 % 100 < 50 ? "\u001b[31myes" : "no")}")];
        string data = _folder.Write("t.csv", "a,y\n" + string.Join('\n', rows) + "\n");
        ToolRun run = ToolRun.Of("train", data, "--label", "y", "-o", _folder["m.zip"], "--code", _folder["code"]).Succeeded();
        Assert.DoesNotContain('\u001b', run.Output + run.Error + File.ReadAllText(_folder["m.html"]));
        GeneratedCode.Compile(_folder["code"], "M");
        ToolRun.Of("export", _folder["m.zip"], "--onnx", "-o", _folder["m.onnx"]).Succeeded();
        Assert.Contains("\u001b[31myes", ToolRun.Of("predict", _folder["m.zip"], data).Succeeded().Output, StringComparison.Ordinal);
    }

    private string Table(string[] names, string task)
    {
        IEnumerable<string[]> rows = Enumerable.Range(0, 300).Select(i =>
        {
            (double a, double b, double c) = (i * 37 % 101 / 50.0 - 1, i * 53 % 97 / 48.0 - 1, i * 71 % 89 / 44.0 - 1);
            double sum = a + b;
            string value = task switch
            {
                "binary" => sum > 0 ? "1" : "0",
                "multiclass" => sum > 0.5 ? "10" : sum > -0.5 ? "9" : "1",
                _ => $"{sum:f3}",
            };
            return new[] { $"{a:f3}", $"{b:f3}", $"{c:f3}", value };
        });
        return _folder.Write($"{task}.csv", TestTables.Csv(rows.Prepend(names)));
    }
}
