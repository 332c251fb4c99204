using System.Globalization;
using System.Text.Json;
using MLNet.DGating.Fuzz.Written;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

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
        OnnxRun run = Run(model, data);
        Assert.Equal(ModelFile.Describe(models[model + ".zip"]).UsedColumns.Select(column => column.Name).Order(), run.Inputs.Order());
        AssertPredicts(model, data, run, output, slot);
    }

    [Theory]
    [InlineData("income", new[] { "0", "1" })]
    [InlineData("relationship", null)]
    public void Onnx_NamesTheClasses_AndPredictsThem(string model, string[]? classes)
    {
        ToolRun.Of("export", models[model + ".zip"], "--onnx", "--force").Succeeded();
        OnnxRun run = Run(model, models.Adult);
        Assert.Equal(classes ?? ModelFile.Describe(models[model + ".zip"]).Label.Words, Names(run, "dgating.classes"));
        Assert.Equal(run.Inputs, Names(run, "dgating.inputs"));
        string[][] predicted = models.Predict(model + ".zip", models.Adult, "--predictions-only");
        Assert.Equal(predicted.Skip(1).Select(cells => cells[0]), run.Words("Prediction.output"));
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

    private OnnxRun Run(string model, string data) => new(models[model + ".onnx"], TestTables.Open(data));

    private void AssertPredicts(string model, string data, OnnxRun run, string output, int slot)
    {
        string[][] predicted = models.Predict(model + ".zip", data, "--predictions-only");
        int column = output == "Score" && predicted[0].Length == 1 ? 0 : 1 + slot;
        float[] scores = run.Numbers(output + ".output", slot);
        Assert.Equal(predicted.Length - 1, scores.Length);
        Assert.All(scores.Index(), score => Near.Single(
            float.Parse(predicted[score.Index + 1][column], CultureInfo.InvariantCulture), score.Item));
    }

    private static string[] Names(OnnxRun run, string key) => JsonSerializer.Deserialize<string[]>(run.Metadata[key])!;
}
