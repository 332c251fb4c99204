using Microsoft.ML;
using MLNet.DGating.Tool.Tests.Commands;
using MLNet.DGating.Tool.Tests.Support;
using MLNet.DGating.Tool.Training;

namespace MLNet.DGating.Tool.Tests.Code;

/// <summary>The C# compiles, and predicts what the tool predicts.</summary>
[Collection(nameof(TrainedModels))]
public sealed class GeneratedCodeTests(TrainedModels models)
{
    [Fact]
    public void Consumption_OfTwoClasses_PredictsWhatTheToolPredicts()
    {
        GeneratedCode code = Code("income");
        ForRows(models.Adult, "income.zip", (row, predicted) =>
        {
            dynamic output = code.Call("Predict", code.Row(row.Names, row.Cells))!;
            Assert.Equal(predicted[0], output.Prediction);
            Assert.Equal(float.Parse(predicted[1]), output.Probability);
            var all = (IEnumerable<KeyValuePair<string, float>>)code.Call("PredictAllLabels", code.Row(row.Names, row.Cells))!;
            Assert.Equal(predicted[0], all.First().Key);
            Assert.Equal(["0", "1"], all.Select(label => label.Key).Order());
        });
    }

    [Fact]
    public void Consumption_OfSeveralClasses_NamesTheirProbabilities()
    {
        GeneratedCode code = Code("relationship");
        ForRows(models.Adult, "relationship.zip", (row, predicted) =>
        {
            dynamic output = code.Call("Predict", code.Row(row.Names, row.Cells))!;
            Assert.Equal(predicted[0], output.Prediction);
            Assert.Equal(predicted.Skip(1).Select(float.Parse), (float[])output.Score);
            Assert.Equal(predicted[0], ((IEnumerable<KeyValuePair<string, float>>)code.Call("PredictAllLabels", code.Row(row.Names, row.Cells))!).First().Key);
        });
    }

    [Fact]
    public void Consumption_OfANumber_PredictsWhatTheToolPredicts()
    {
        GeneratedCode code = Code("fare");
        ForRows(models.Fares, "fare.zip", (row, predicted) =>
        {
            dynamic output = code.Call("Predict", code.Row(row.Names, row.Cells))!;
            Assert.Equal(float.Parse(predicted[0]), output.Score);
        });
    }

    [Fact]
    public void Training_GivesAModelOfTheSameFeatures_ThatTheConsumptionCodeReads()
    {
        GeneratedCode code = Code("fare");
        string model = models["retrained.zip"];
        code.Call("Train", model, models.Fares, code.Constant("RetrainSeparatorChar"), code.Constant("RetrainHasHeader"), code.Constant("RetrainAllowQuoting"));
        code.Use(model);
        var trained = (IEnumerable<ITransformer>)new MLContext().Model.Load(model, out _);
        Assert.Equal(2, Selection.Of(trained.Last()).SelectedIndices.Count);

        double again = 0, before = 0;
        ForRows(models.Fares, "fare.zip", (row, predicted) =>
        {
            dynamic output = code.Call("Predict", code.Row(row.Names, row.Cells))!;
            float fare = float.Parse(row.Cells[Array.IndexOf(row.Names, "fare_amount")]);
            again += Math.Abs(fare - (float)output.Score);
            before += Math.Abs(fare - float.Parse(predicted[0]));
        });
        Assert.InRange(again, 0, 1.5 * before);
    }

    [Fact]
    public void TrainingPipelines_OfAllTasks_CanBeBuilt() =>
        Assert.All(["income", "relationship", "fare"], name => Assert.NotNull(Code(name).Call("BuildPipeline", new MLContext(1))));

    [Fact]
    public void TheProject_NamesThePackagesAndTheModel()
    {
        string project = File.ReadAllText(Path.Combine(models["fare"], "Fare.csproj"));
        Assert.Contains("Include=\"MLNet.DGating\" Version=\"1.", project, StringComparison.Ordinal);
        Assert.Contains("libtorch-cpu-linux-x64\" Version=\"2.", project, StringComparison.Ordinal);
        Assert.Contains("<None Update=\"fare.zip\"", project, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(models["fare"], "fare.zip")));
    }

    [Fact]
    public void CodeCommand_WritesWhatTrainWrites()
    {
        ToolRun.Of("code", models["fare.zip"], "-o", models["again"]).Succeeded();
        foreach (string file in Directory.GetFiles(models["fare"]))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(models["again"], Path.GetFileName(file))));
        }

        ToolRun.Of("code", models["fare.zip"], "-o", models["again"]).FailedWith(ExitCode.Output, "--force");
    }

    [Fact]
    public void TheExample_IsWhatTheToolWrites()
    {
        string data = Examples.Fares(models.Folder, name: "taxi-fare.csv");
        ToolRun.Of("train", data, "--label", "fare_amount", "--features", "3", "-o", models["TaxiFare.zip"], "--code", models["ModelBuilder"]).Succeeded();
        foreach (string file in Directory.GetFiles(models["ModelBuilder"], "*.cs"))
        {
            Assert.Equal(Examples.GeneratedFile(Path.GetFileName(file)), File.ReadAllText(file));
        }
    }

    private GeneratedCode Code(string model)
    {
        GeneratedCode code = GeneratedCode.Compile(models[model], char.ToUpperInvariant(model[0]) + model[1..]);
        code.Use(models[model + ".zip"]);
        return code;
    }

    private void ForRows(string data, string model, Action<(string[] Names, string[] Cells), string[]> check)
    {
        string[][] table = [.. File.ReadLines(data).Select(line => line.Split(','))];
        string[] predictions = ToolRun.Of("predict", models[model], data, "--predictions-only").Succeeded().Output.Split('\n');
        for (int i = 1; i < table.Length; i += 10)
        {
            check((table[0], table[i]), predictions[i].Split(','));
        }
    }
}
