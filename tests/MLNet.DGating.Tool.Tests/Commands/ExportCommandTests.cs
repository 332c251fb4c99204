using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Tests.Support;
using MLNet.DGating.Tool.Views;

namespace MLNet.DGating.Tool.Tests.Commands;

/// <summary>ONNX Runtime scores an exported model as the tool does, from the table's columns.</summary>
[Collection(nameof(TrainedModels))]
public sealed class ExportCommandTests(TrainedModels models)
{
    [Theory]
    [InlineData("income", "Probability", 0)]
    [InlineData("relationship", "Score", 2)]
    [InlineData("fare", "Score", 0)]
    public void Onnx_ScoresTheTableAsTheToolDoes(string model, string output, int slot)
    {
        string data = model == "fare" ? models.Fares : models.Adult;
        ToolRun.Of("export", models[model + ".zip"], "--onnx", "--force").Succeeded();
        var mlContext = new MLContext();
        ModelDescription description = ModelFile.Describe(models[model + ".zip"]);
        var table = new TableView(TestTables.Open(data), description.Columns.Select(column => column.Input), RowFilters.All);
        IDataView scored = mlContext.Transforms.ApplyOnnxModel(models[model + ".onnx"]).Fit(table).Transform(table);
        float[] scores = [.. scored.GetColumn<float[]>(output).Select(values => values[slot])];
        string[][] predicted = models.Predict(model + ".zip", data, "--predictions-only");
        int column = description.Label.Task == LearningTask.Regression ? 0 : 1 + slot;
        Assert.Equal(predicted.Length - 1, scores.Length);
        Assert.All(scores.Index(), score =>
            Assert.Equal(float.Parse(predicted[score.Index + 1][column], CultureInfo.InvariantCulture), score.Item, 1e-3f));
    }

    [Fact]
    public void Onnx_OfTheNetworkAlone_ScoresTheEncodedFeatures()
    {
        ToolRun.Of("export", models["fare.zip"], "--onnx", "--network", "-o", models["network.onnx"]).Succeeded();
        var mlContext = new MLContext();
        IDataView trips = mlContext.Data.LoadFromTextFile(models.Fares,
        [
            new("vendor_id", DataKind.String, 0), new("rate_code", DataKind.Single, 1), new("passenger_count", DataKind.Single, 2),
            new("trip_time_in_secs", DataKind.Single, 3), new("trip_distance", DataKind.Single, 4), new("payment_type", DataKind.String, 5),
        ], separatorChar: ',', hasHeader: true);
        IDataView scored = mlContext.Model.Load(models["fare.zip"], out _).Transform(trips);
        float[][] features = [.. scored.GetColumn<float[]>("Features")];
        float[] expected = [.. scored.GetColumn<float>("Score")];
        using var session = new InferenceSession(models["network.onnx"]);
        Assert.Equal(["Features"], session.InputMetadata.Keys);
        for (int row = 0; row < expected.Length; row += 25)
        {
            using var input = OrtValue.CreateTensorValueFromMemory(features[row], [1, features[row].Length]);
            using var options = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["Features"], [input], ["Score"]);
            Assert.Equal(expected[row], outputs[0].GetTensorDataAsSpan<float>()[0], 1e-3f);
        }
    }

    [Fact]
    public void Onnx_IsNotReplacedUnasked_AndMustBeAskedFor()
    {
        string there = models.Folder.Write("there.onnx", "precious");
        ToolRun.Of("export", models["fare.zip"], "--onnx", "-o", there).FailedWith(ExitCode.Output, "there.onnx' exists: give --force");
        Assert.Equal("precious", File.ReadAllText(there));
        ToolRun.Of("export", models["fare.zip"]).FailedWith(ExitCode.Usage, "Say --onnx: it is the one form to export to.");
    }

    [Fact]
    public void Onnx_OfAModelWithADate_IsRefusedWithTheCure()
    {
        string[][] rows = [["day", "y"], .. Enumerable.Range(0, 120).Select(i => new[] { $"2024-01-{i % 28 + 1:00}", $"{i % 28 + 0.5}" })];
        string data = models.Folder.Write("days.csv", TestTables.Csv(rows));
        ToolRun.Of("train", data, "--label", "y", "-o", models["days.zip"]).Succeeded();
        ToolRun.Of("export", models["days.zip"], "--onnx").FailedWith(
            ExitCode.Input, "The date 'day' has no form in ONNX: export the network alone with --network");
    }
}
