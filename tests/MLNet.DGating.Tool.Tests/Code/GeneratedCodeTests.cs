using Microsoft.ML;
using MLNet.DGating.Tool.Tests.Support;
using MLNet.DGating.Tool.Training;

namespace MLNet.DGating.Tool.Tests.Code;

/// <summary>The generated C# compiles, predicts what the tool predicts, and trains a similar model.</summary>
[Collection(nameof(TrainedModels))]
public sealed class GeneratedCodeTests(TrainedModels models)
{
    [Fact]
    public void Consumption_OfTwoClasses_PredictsWhatTheToolPredicts()
    {
        GeneratedCode code = Code("income");
        ForRows("income", (row, predicted) =>
        {
            dynamic output = code.Call("Predict", code.Row(row.Names, row.Cells))!;
            Assert.Equal(predicted[0], output.Prediction);
            Assert.Equal(float.Parse(predicted[1]), output.Probability);
            string[] labels = Labels(code, row);
            Assert.Equal(predicted[0], labels[0]);
            Assert.Equal(["0", "1"], labels.Order());
        });
    }

    [Fact]
    public void Consumption_OfSeveralClasses_NamesTheirProbabilities()
    {
        GeneratedCode code = Code("relationship");
        ForRows("relationship", (row, predicted) =>
        {
            dynamic output = code.Call("Predict", code.Row(row.Names, row.Cells))!;
            Assert.Equal(predicted[0], output.Prediction);
            Assert.Equal(predicted.Skip(1).Select(float.Parse), (float[])output.Score);
            Assert.Equal(predicted[0], Labels(code, row)[0]);
        });
    }

    [Fact]
    public void Consumption_OfANumber_PredictsWhatTheToolPredicts()
    {
        GeneratedCode code = Code("fare");
        ForRows("fare", (row, predicted) =>
        {
            dynamic output = code.Call("Predict", code.Row(row.Names, row.Cells))!;
            Assert.Equal(float.Parse(predicted[0]), output.Score);
        });
    }

    [Fact]
    public void Training_OfANumber_GivesAModelOfAsManyFeatures_ThatTheConsumptionCodeReads()
    {
        GeneratedCode code = Retrained("fare", features: 2);
        double again = 0, before = 0;
        ForRows("fare", (row, predicted) =>
        {
            dynamic output = code.Call("Predict", code.Row(row.Names, row.Cells))!;
            float fare = float.Parse(row.Cells[Array.IndexOf(row.Names, "fare_amount")]);
            again += Math.Abs(fare - (float)output.Score);
            before += Math.Abs(fare - float.Parse(predicted[0]));
        });
        Assert.InRange(again, 0, 1.5 * before);
    }

    [Theory]
    [InlineData("income", 5)]
    [InlineData("relationship", 3)]
    public void Training_OfClasses_GivesAModelOfAsManyFeatures_ThatPredictsMostlyTheSame(string model, int features)
    {
        GeneratedCode code = Retrained(model, features);
        int rows = 0, same = 0;
        ForRows(model, (row, predicted) =>
        {
            dynamic output = code.Call("Predict", code.Row(row.Names, row.Cells))!;
            rows++;
            same += predicted[0] == output.Prediction ? 1 : 0;
        });
        Assert.InRange(same, 0.8 * rows, rows);
    }

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
    public void TheExample_IsWhatTheToolWrites()
    {
        string data = Examples.Fares(models.Folder, name: "taxi-fare.csv"), folder = models["ModelBuilder"];
        string[] arguments = ["train", data, "--label", "fare_amount", "--features", "3", "-o", models["TaxiFare.zip"], "--code", folder];
        ToolRun.Of(arguments).Succeeded();
        string[] files = Directory.GetFiles(folder, "*.cs");
        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.Equal(Examples.GeneratedFile(Path.GetFileName(file)), File.ReadAllText(file)));
    }

    [Fact]
    public void Training_OfALabelWithOutliers_LeavesThemOutToo()
    {
        string rows = string.Concat(Enumerable.Range(0, 400).Select(i => $"{i * 37 % 101},{(i % 50 == 3 ? 1e6 : i * 37 % 101 - 60)}.5\n"));
        string data = models.Folder.Write("slips.csv", "a,y\n" + rows);
        ToolRun run = ToolRun.Of("train", data, "--label", "y", "-o", models["slips.zip"], "--code", models["slips"]).Succeeded();
        Assert.Contains(
            "'y' has 8 values far from all others, which are at most 40.5: 1,000,000.5 in row 4", run.Error, StringComparison.Ordinal);
        var code = GeneratedCode.Compile(models["slips"], "Slips");
        code.Call("Train", models["slips-again.zip"], data, ',', true, true);
        code.Use(models["slips-again.zip"]);
        dynamic again = code.Call("Predict", code.Row(["a", "y"], ["50", "0"]))!;
        Assert.InRange((float)again.Score, -20, 0);
        ToolRun kept = ToolRun.Of("train", data, "--label", "y", "-o", models["slips.zip"], "--force", "--keep-outliers").Succeeded();
        Assert.Contains("They are learnt from.", kept.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_OfATableThatMLNetDoesNotRead_TakesItsPlainCopy()
    {
        string[][] rows = [["price", "when", "y"], .. Enumerable.Range(0, 300).Select(i => new[]
        {
            i % 50 == 7 ? "unknown" : $"{1000 + i * 37 % 101},50 €", $"{i % 28 + 1:00}.03.2024", $"{i * 37 % 101 + i % 28},5",
        })];
        string data = models.Folder.Write("euro.csv", TestTables.Csv(rows, ';'));
        ToolRun.Of("train", data, "--label", "y", "-o", models["euro.zip"], "--code", models["euro"], "--features", "2").Succeeded();
        ToolRun.Of("inspect", data, "-o", models["euro.plain.csv"]).Succeeded();
        var code = GeneratedCode.Compile(models["euro"], "Euro");
        Assert.Equal("euro.plain.csv", code.Constant("RetrainFilePath"));
        code.Call("Train", models["euro-again.zip"], models["euro.plain.csv"], ',', true, true);
        code.Use(models["euro-again.zip"]);
        dynamic again = code.Call("Predict", code.Row(["price", "when", "y"], ["1050.5", "2024-03-14", "0"]))!;
        Assert.InRange((float)again.Score, 53, 75);
    }

    private GeneratedCode Code(string model)
    {
        var code = GeneratedCode.Compile(models[model], char.ToUpperInvariant(model[0]) + model[1..]);
        code.Use(models[model + ".zip"]);
        return code;
    }

    private GeneratedCode Retrained(string model, int features)
    {
        GeneratedCode code = Code(model);
        string zip = models[$"{model}.retrained.zip"];
        string[] constants = ["RetrainSeparatorChar", "RetrainHasHeader", "RetrainAllowQuoting"];
        code.Call("Train", [zip, DataOf(model), .. constants.Select(code.Constant)]);
        code.Use(zip);
        var trained = (IEnumerable<ITransformer>)new MLContext().Model.Load(zip, out _);
        FeatureSelectionReport selection = Selection.Of(trained.Last(step => step is ISingleFeaturePredictionTransformer<object>));
        Assert.Equal(features, selection.Features.Count(feature => feature.IsSelected));
        return code;
    }

    private static string[] Labels(GeneratedCode code, (string[] Names, string[] Cells) row)
    {
        object input = code.Row(row.Names, row.Cells);
        var labels = (IEnumerable<KeyValuePair<string, float>>)code.Call("PredictAllLabels", input)!;
        return [.. labels.Select(label => label.Key)];
    }

    private string DataOf(string model) => model == "fare" ? models.Fares : models.Adult;

    private void ForRows(string model, Action<(string[] Names, string[] Cells), string[]> check)
    {
        string[][] table = TestTables.Cells(DataOf(model));
        string[][] predictions = models.Predict(model + ".zip", DataOf(model), "--predictions-only");
        for (int i = 1; i < table.Length; i += 10)
        {
            check((table[0], table[i]), predictions[i]);
        }
    }
}
