using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Input;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Pipelines;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

/// <summary>What is exported is scored by ONNX Runtime as by the tool, from the table's columns.</summary>
[Collection(nameof(TrainedModels))]
public sealed class ExportTests(TrainedModels models)
{
    [Theory]
    [InlineData("income", "Probability", 0)]
    [InlineData("relationship", "Score", 2)]
    [InlineData("fare", "Score", 0)]
    public void Onnx_ScoresTheTableAsTheToolDoes(string model, string output, int slot)
    {
        string onnx = models[model + ".onnx"];
        string data = model == "fare" ? models.Fares : models.Adult;
        ToolRun.Of("export", models[model + ".zip"], "--onnx", "--force").Succeeded();
        var mlContext = new MLContext();
        ModelDescription description = ModelFile.Describe(models[model + ".zip"]);
        var table = new TableView(Tables.Open(data), description.Columns.Select(column => column.Input), RowFilters.All);
        float[] scores = [.. mlContext.Transforms.ApplyOnnxModel(onnx).Fit(table).Transform(table).GetColumn<float[]>(output).Select(values => values[slot])];
        string[] predicted = ToolRun.Of("predict", models[model + ".zip"], data, "--predictions-only").Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int column = description.Label.Task == LearningTask.Regression ? 0 : 1 + slot;
        Assert.Equal(predicted.Length - 1, scores.Length);
        Assert.All(scores.Index(), score => Assert.Equal(float.Parse(predicted[score.Index + 1].Split(',')[column], CultureInfo.InvariantCulture), score.Item, 1e-3f));
    }

    [Fact]
    public void Onnx_OfTheNetworkAlone_IsWritten()
    {
        ToolRun.Of("export", models["fare.zip"], "--onnx", "--network", "-o", models["network.onnx"]).Succeeded();
        Assert.True(new FileInfo(models["network.onnx"]).Length > 0);
        ToolRun.Of("export", models["fare.zip"], "--onnx", "-o", models["network.onnx"]).FailedWith(ExitCode.Output, "--force");
        ToolRun.Of("export", models["fare.zip"]).FailedWith(ExitCode.Usage, "--onnx");
    }

    [Fact]
    public void Onnx_OfAModelWithADate_IsRefusedWithTheCure()
    {
        string[][] rows = [["day", "y"], .. Enumerable.Range(0, 120).Select(i => new[] { $"2024-01-{i % 28 + 1:00}", $"{i % 28 + 0.5}" })];
        string data = models.Folder.Write("days.csv", Tables.Csv(rows));
        ToolRun.Of("train", data, "--label", "y", "-o", models["days.zip"]).Succeeded();
        ToolRun.Of("export", models["days.zip"], "--onnx").FailedWith(ExitCode.Input, "'day'", "--network");
    }

    [Fact]
    public void Report_IsThePageThatTrainWrote()
    {
        ToolRun.Of("report", models["income.zip"], "-o", models["page.html"]).Succeeded();
        string page = File.ReadAllText(models["page.html"]);
        Assert.Equal(File.ReadAllText(models["income.html"]), page);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.Contains("label(IsOver50K) of adult.csv", page, StringComparison.Ordinal);
    }
}
