using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Tests.Support;
using MLNet.DGating.Tool.Views;

namespace MLNet.DGating.Tool.Tests.Tour;

/// <summary>Ten tables of different kinds are trained, predicted, exported and explained with no option but the label.</summary>
/// <remarks>With DGATING_TOUR=file.md a line for each is appended to the file: that is the table of docs/tool.md.</remarks>
public sealed class TenTablesTests : IDisposable
{
    private const int Rows = 2000, NewRows = 1000;

    private readonly Folder _folder = new();

    public static TheoryData<string> Files => [.. StrangersTable.All.Select(table => table.File)];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Files))]
    public void ATable_IsTrainedPredictedExportedAndExplained(string file)
    {
        StrangersTable table = StrangersTable.All.Single(table => table.File == file);
        string data = _folder[file], others = _folder["new-" + file], model = _folder["m.zip"], onnx = _folder["m.onnx"];
        table.Write(data, Rows, seed: 1);
        table.Write(others, NewRows, seed: 2);

        var watch = Stopwatch.StartNew();
        ToolRun trained = ToolRun.Of("train", data, "--label", table.Label, "-o", model, "--json").Succeeded();
        double seconds = watch.Elapsed.TotalSeconds;
        double metric = trained.Json.GetProperty("metrics").EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == table.Metric).GetProperty("value").GetDouble();
        ToolRun.Of("predict", model, others, "-o", _folder["predicted.csv"], "--predictions-only").Succeeded();
        ToolRun.Of("export", model, "--onnx", "-o", onnx).Succeeded();
        JsonElement explained = ToolRun.Of("explain", model, others, "--rows", "2", "--json").Succeeded().Json;

        double apart = LargestDifference(model, onnx, others);
        Report(table, trained, metric, PeerModel.Metric(model, data, table.Metric), seconds, apart);
        Assert.InRange(metric, table.AtLeast, 1);
        Assert.InRange(apart, 0, 1e-5);
        Assert.All(explained.GetProperty("rows").EnumerateArray(), row => Assert.Equal(
            row.GetProperty("score").GetDouble() - row.GetProperty("base").GetDouble(),
            row.GetProperty("contributions").EnumerateArray().Sum(one => one.GetProperty("contribution").GetDouble()),
            1e-4 * Math.Max(1, Math.Abs(row.GetProperty("score").GetDouble()))));
    }

    // Relative to the range of the numbers where that is above 1: a network computes in single precision of that range.
    private double LargestDifference(string model, string onnx, string data)
    {
        var mlContext = new MLContext();
        ModelDescription description = ModelFile.Describe(model);
        var rows = new TableView(
            TestTables.Open(data), description.ReadColumns.Select(column => column.Input), RowFilters.All);
        IDataView scored = mlContext.Transforms.ApplyOnnxModel(onnx).Fit(rows).Transform(rows);
        string[][] predicted = TestTables.Cells(_folder["predicted.csv"]);
        double[][] expected = [.. predicted.Skip(1).Select(row => row
            .Where((_, column) => predicted[0][column].StartsWith("Probability.", StringComparison.Ordinal)
                || description.Label.Task == LearningTask.Regression)
            .Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        double[][] actual = description.Label switch
        {
            { Task: LearningTask.Binary } => Numbers<float>("Probability"),
            { Centre: not null } => Numbers<double>("Prediction"),
            _ => Numbers<float>("Score"),
        };
        Assert.Equal(expected.Length, actual.Length);
        double range = Math.Max(1, expected.Max(row => row.Max()) - expected.Min(row => row.Min()));
        return expected.Zip(actual, (first, second) => first.Zip(second, (x, y) => Math.Abs(x - y) / range).Max()).Max();

        double[][] Numbers<T>(string column) =>
            [.. scored.GetColumn<T[]>(column).Select(values => values.Select(value => Convert.ToDouble(value)).ToArray())];
    }

    private static void Report(StrangersTable table, ToolRun trained, double metric, double peer, double seconds, double apart)
    {
        if (Environment.GetEnvironmentVariable("DGATING_TOUR") is not { Length: > 0 } path)
        {
            return;
        }

        int kept = trained.Json.GetProperty("usedColumns").GetArrayLength(), all = table.Header.Length - 1;
        int warnings = trained.Error.Split('\n').Count(line => line.StartsWith("dgating: ", StringComparison.Ordinal));
        string name = table.Metric switch { "rSquared" => "R²", "areaUnderRocCurve" => "AUC", _ => "accuracy" };
        File.AppendAllText(path, string.Create(CultureInfo.InvariantCulture,
            $"| {table.Kind} | {kept} of {all} | {name} {metric:f3} | {peer:f3} | {seconds:f1} | {apart:e0} | {warnings} |\n"));
    }
}
