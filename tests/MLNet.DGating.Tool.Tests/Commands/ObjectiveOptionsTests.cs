using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Tests.Code;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

/// <summary>What a model is trained for: losses of numbers and weights of classes, from the command line to the generated C#.</summary>
[Collection(nameof(TrainedModels))]
public sealed class ObjectiveOptionsTests(TrainedModels models)
{
    [Fact]
    public void Quantiles_AreColumnsOfThePredictions_OfTheOnnxFileAndOfTheCode()
    {
        Train("interval", models.Fares, "fare_amount", "--features", "2", "--quantiles", "0.1", "0.5", "0.9");
        string[][] predicted = models.Predict("interval.zip", models.Fares, "--predictions-only");
        Assert.Equal(["Prediction", "Quantile-0.1", "Quantile-0.5", "Quantile-0.9"], predicted[0]);
        float[][] numbers = [.. predicted.Skip(1).Select(row => row.Select(Number).ToArray())];
        Assert.All(numbers, row => Assert.Equal([row[2], .. row.Skip(1).Order()], row));
        int fare = Array.IndexOf(TestTables.Cells(models.Fares)[0], "fare_amount");
        float[] fares = [.. TestTables.Cells(models.Fares).Skip(1).Select(row => Number(row[fare]))];
        Assert.InRange(fares.Zip(numbers).Average(pair => pair.First < pair.Second[1] ? 1.0 : 0), 0.02, 0.25);
        Assert.InRange(fares.Zip(numbers).Average(pair => pair.First > pair.Second[3] ? 1.0 : 0), 0.02, 0.25);

        ToolRun.Of("export", models["interval.zip"], "--onnx").Succeeded();
        using var session = new InferenceSession(models["interval.onnx"]);
        Assert.Contains("Quantiles.output", session.OutputMetadata.Keys);
        var code = GeneratedCode.Compile(models["interval"], "Interval");
        code.Use(models["interval.zip"]);
        string[][] cells = TestTables.Cells(models.Fares);
        dynamic output = code.Call("Predict", code.Row(cells[0], cells[1]))!;
        Assert.Equal(numbers[0].Skip(1), (float[])output.Quantiles);
        Assert.Contains("Quantiles = new[] { 0.1, 0.5, 0.9 }", Training("interval"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gamma", "Gamma")]
    [InlineData("absolute", "Absolute")]
    public void ALoss_IsTrainedFor_AndInTheCode(string word, string name)
    {
        Train(word, models.Fares, "fare_amount", "--features", "2", "--loss", word);
        Assert.All(models.Predict(word + ".zip", models.Fares, "--predictions-only").Skip(1), row => Assert.True(Number(row[0]) > 0));
        Assert.Contains($"Loss = DGatingRegressionLoss.{name}", Training(word), StringComparison.Ordinal);
        Assert.Equal(Enum.Parse<DGatingRegressionLoss>(name), ModelFile.Describe(models[word + ".zip"]).Objective.Loss);
    }

    [Fact]
    public void ATargetTransform_IsInTheCode_AndScoresAreNeverNegative()
    {
        Train("log", models.Fares, "fare_amount", "--features", "2", "--target-transform", "log");
        Assert.All(models.Predict("log.zip", models.Fares, "--predictions-only").Skip(1), row => Assert.True(Number(row[0]) >= 0));
        Assert.Contains("TargetTransform = DGatingTargetTransform.Log", Training("log"), StringComparison.Ordinal);
    }

    [Fact]
    public void BalancedClasses_PredictTheRareOneMoreOften()
    {
        Train("balanced", models.Adult, TrainedModels.IncomeLabel, "--features", "5", "--class-weights", "balanced");
        Assert.Contains("ClassWeights = DGatingClassWeights.Balanced", Training("balanced"), StringComparison.Ordinal);
        Assert.True(Positive("balanced.zip") > Positive("income.zip") + 20);

        int Positive(string model) => models.Predict(model, models.Adult, "--predictions-only").Count(row => row[0] == "1");
    }

    // Whole numbers up to twenty are classes, unless a loss of numbers is asked for.
    [Fact]
    public void ALossOfNumbers_MakesTheLabelANumber()
    {
        string[][] rows = [["x", "count"], .. Enumerable.Range(0, 200).Select(i => new[] { $"{i % 40}.5", $"{i % 40 / 10}" })];
        string data = models.Folder.Write("counts.csv", TestTables.Csv(rows));
        Train("counts", data, "count", "--loss", "poisson");
        Assert.All(models.Predict("counts.zip", data, "--predictions-only").Skip(1), row => Assert.True(Number(row[0]) > 0));
    }

    [Theory]
    [InlineData("--quantiles must ascend between 0 and 1", "--quantiles", "5", "95")]
    [InlineData("--quantiles and --loss huber contradict each other", "--loss", "huber", "--quantiles", "0.5")]
    [InlineData("--huber-delta goes with --loss huber", "--huber-delta", "2")]
    [InlineData("--huber-delta must be above 0, but was -1", "--loss", "huber", "--huber-delta", "-1")]
    [InlineData("--target-transform goes with --loss squared, but the loss is gamma", "--loss", "gamma", "--target-transform", "log")]
    [InlineData("--class-weights is for classes, and --loss and --target-transform for numbers",
        "--loss", "gamma", "--class-weights", "balanced")]
    [InlineData("--class-weights is for classes, but 'fare_amount' is a number", "--class-weights", "balanced")]
    [InlineData("--loss and --target-transform are for numbers, but 'fare_amount' has classes",
        "--task", "multiclass", "--loss", "huber")]
    public void OptionsThatDoNotFit_AreRefusedBeforeTraining(string message, params string[] options) =>
        ToolRun.Of(["train", models.Fares, "--label", "fare_amount", "-o", models["never.zip"], .. options])
            .FailedWith(ExitCode.Usage, message);

    [Fact]
    public void ALabelOutsideTheDomain_IsNamed() =>
        ToolRun.Of("train", models.Adult, "--label", "capital-gain", "-o", models["never.zip"], "--loss", "gamma").FailedWith(
            ExitCode.Training, "has the label 0 in column 'capital-gain', but labels must be above 0");

    private void Train(string model, string data, string label, params string[] options) => ToolRun.Of(
        ["train", data, "--label", label, "-o", models[model + ".zip"], "--code", models[model], "--split", "0", .. options]).Succeeded();

    private string Training(string model) => File.ReadAllText(Directory.GetFiles(models[model], "*.training.cs").Single());

    private static float Number(string cell) => float.Parse(cell, CultureInfo.InvariantCulture);
}
