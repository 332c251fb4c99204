using System.Globalization;
using System.Text.Json;
using MLNet.DGating.Fuzz.Written;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tool.Tests.Commands;

/// <summary>Rows are tested on in a way that fits their number, and what a test cannot say is said.</summary>
public sealed class TestOptionsTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FewRows_AreAllTestedOn_EachByAModelThatWasNotTrainedOnIt()
    {
        string data = Table("few.csv", 30, i => i % 3 == 0);
        ToolRun run = Train(data).Succeeded();
        Assert.Contains("Cross-validated: 30 rows, each predicted by one of 10 models that were not trained on it.", run.Output,
            StringComparison.Ordinal);
        JsonElement training = Train(data, "--json").Succeeded().Json.GetProperty("training");
        Assert.Equal(30, training.GetProperty("rows").GetInt32());
        Assert.Equal(30, training.GetProperty("testRows").GetInt32());
        Assert.Equal("folds", training.GetProperty("test").GetProperty("kind").GetString());
    }

    [Fact]
    public void APartOfFewRows_IsTestedOnWhereThatIsAskedFor_AndItsSizeIsSaid()
    {
        ToolRun run = Train(Table("part.csv", 60, i => i % 3 == 0), "--split", "0.2").Succeeded();
        Assert.Contains("On 12 rows that were not trained on", run.Output, StringComparison.Ordinal);
        Assert.Contains("the test is of 12 rows only: mind the intervals; without --split all rows are tested on in turn", run.Error,
            StringComparison.Ordinal);
        // A third of the rows are positive, and of the test rows as well.
        Assert.Matches(@"yes +33\.3 % +4 ", run.Output);
    }

    [Fact]
    public void OnePositiveRow_IsTrainedOn_AndTheTestSaysThatItSaysNothingAboutIt()
    {
        ToolRun run = Train(Table("one.csv", 300, i => i == 150), "--positive", "yes").Succeeded();
        Assert.Contains("only 1 row is 'yes': it is trained on, so the test says nothing about 'yes'", run.Error, StringComparison.Ordinal);
        Assert.Contains("have one class only, so there are no test results", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryMetric_HasAnInterval_AndLogLossItsUnit()
    {
        JsonElement[] metrics = [.. Train(Table("metrics.csv", 80, i => i % 2 == 0), "--json", "--features", "1").Succeeded().Json
            .GetProperty("metrics").EnumerateArray()];
        string[] names = [.. metrics.Select(metric => metric.GetProperty("name").GetString()!)];
        Assert.Equal(
            ["accuracy", "areaUnderRocCurve", "areaUnderPrecisionRecallCurve", "f1Score", "precision", "recall", "logLoss",
            "calibrationError"], names);
        Assert.All(metrics, metric => Assert.True(metric.GetProperty("low").GetDouble() <= metric.GetProperty("high").GetDouble()));
        Assert.Equal("nats", metrics[6].GetProperty("unit").GetString());
    }

    [Fact]
    public void ByTime_TheLastRowsAreTestedOn()
    {
        JsonElement training = Train(Table("time.csv", 100, i => i % 2 == 0), "--time", "day", "--json").Succeeded().Json
            .GetProperty("training");
        Assert.Equal(20, training.GetProperty("testRows").GetInt32());
        Assert.Equal(80, training.GetProperty("rows").GetInt32());
        Assert.Equal("2024-03-21", training.GetProperty("test").GetProperty("from").GetString());
    }

    [Fact]
    public void AThreshold_IsThatOfPredictions()
    {
        string data = Table("threshold.csv", 200, i => i % 4 == 0);
        ToolRun run = Train(data, "--threshold", "cost=1:50", "--features", "1").Succeeded();
        Assert.Matches(
            @"'yes' is predicted where its probability is above 0\.\d+: the least cost, 1 a false alarm and 50 a miss", run.Output);
        Assert.Contains("cost per row", run.Output, StringComparison.Ordinal);
        double threshold = ToolRun.Of("inspect", _folder["m.zip"], "--json").Succeeded().Json.GetProperty("threshold")
            .GetProperty("probability").GetDouble();
        string[] lines = ToolRun.Of("predict", _folder["m.zip"], data, "--predictions-only").Succeeded().Lines;
        Assert.All(lines[1..].Select(line => line.Split(',')), cells => Assert.Equal(
            double.Parse(cells[1], CultureInfo.InvariantCulture) > threshold ? "yes" : "no", cells[0]));
        Assert.Contains(lines[1..], line => line.StartsWith("yes", StringComparison.Ordinal));
    }

    [Fact]
    public void AThreshold_IsThatOfTheCode_AndOfAModelThatGoesOn()
    {
        string data = Table("code.csv", 200, i => i % 4 == 0);
        Train(data, "--threshold", "0.2", "--features", "1", "--code", _folder["code"]).Succeeded();
        string training = File.ReadAllText(Directory.GetFiles(_folder["code"], "*.training.cs").Single());
        Assert.Contains(
            "mlContext.Transforms.Expression(\"PredictedLabel\", \"score => score > -1.38629", training, StringComparison.Ordinal);
        ToolRun.Of("train", data, "--label", "y", "--continue", _folder["m.zip"], "-o", _folder["on.zip"], "--split", "0.5").Succeeded();
        JsonElement threshold = ToolRun.Of("inspect", _folder["on.zip"], "--json").Succeeded().Json.GetProperty("threshold");
        Assert.Equal(0.2, threshold.GetProperty("probability").GetDouble());
    }

    [Theory]
    [InlineData("f1")]
    [InlineData("cost=1:50")]
    [InlineData("0.07")]
    public void AThreshold_DecidesTheSame_InPredictInOnnxAndInAnApplication(string rule)
    {
        string data = Table("decisions.csv", 300, i => i % 5 == 0), model = _folder["m.zip"];
        ToolRun.Of("train", data, "--label", "y", "-o", model, "--ignore", "w", "day", "--threshold", rule, "--features", "2").Succeeded();
        ToolRun.Of("export", model, "--onnx").Succeeded();
        string[] predicted =
        [
            .. ToolRun.Of("predict", model, data, "--predictions-only").Succeeded().Lines.Skip(1).Select(line => line.Split(',')[0]),
        ];
        double threshold = ModelFile.Describe(model).Threshold!.Probability;
        var onnx = new OnnxRun(_folder["m.onnx"], TestTables.Open(data));
        float[] probabilities = onnx.Numbers("Probability.output", 0);
        // Rows that the plain threshold of one half would decide otherwise.
        Assert.Contains(predicted.Zip(probabilities), row => row.First == "yes" != row.Second > 0.5);
        Assert.Equal(predicted, probabilities.Select(probability => probability > threshold ? "yes" : "no"));
        Assert.Equal(predicted, onnx.Words("Prediction.output"));

        var mlContext = new MLContext();
        ITransformer loaded = mlContext.Model.Load(model, out DataViewSchema inputs);
        var options = new TextLoader.Options
        {
            HasHeader = true, Separators = [','],
            Columns = [.. inputs.Select(column => new TextLoader.Column(column.Name, DataKind.Single, column.Name == "a" ? 0 : 1))],
        };
        IDataView scored = loaded.Transform(mlContext.Data.CreateTextLoader(options).Load(data));
        Assert.Equal(predicted, scored.GetColumn<ReadOnlyMemory<char>>("Prediction").Select(word => word.ToString()));
    }

    [Theory]
    [InlineData("--folds 1", "--folds must be from 2 to 20, but was 1.")]
    [InlineData("--split 0.95", "--split must be from 0 to 0.9, but was 0.95.")]
    [InlineData("--split 0.2 --folds 5", "--split and --folds contradict each other: give one of them.")]
    [InlineData("--time day --folds 5", "--time and --folds contradict each other: give one of them.")]
    [InlineData("--time day --split 0", "--time and --split 0 contradict each other: give one of them.")]
    [InlineData("--threshold f1 --split 0", "--threshold is chosen on test rows, and --split 0 leaves none")]
    [InlineData("--threshold half", "--threshold must be f1, cost=a:b")]
    public void WhatCannotBe_IsRefused(string options, string message) =>
        Train(Table("refused.csv", 30, i => i % 2 == 0), options.Split(' ')).FailedWith(ExitCode.Usage, message);

    [Fact]
    public void AThresholdOfNumbers_IsRefused() => ToolRun.Of(
        "train", Table("numbers.csv", 60, i => i % 2 == 0), "--label", "a", "-o", _folder["m.zip"], "--threshold", "f1").FailedWith(
        ExitCode.Usage, "--threshold is for two values, and 'a' has others");

    [Fact]
    public void TimesThatAreAllTheSame_OrNone_AreNoOrder() =>
        Train(Table("words.csv", 60, i => i % 2 == 0), "--time", "w").FailedWith(
            ExitCode.Training, "'w' holds neither dates nor numbers, so there is no order of time");

    private ToolRun Train(string data, params string[] more) =>
        ToolRun.Of(["train", data, "--label", "y", "-o", _folder["m.zip"], "--force", "--ignore", "w", .. more]);

    private string Table(string name, int rows, Func<int, bool> isPositive)
    {
        var random = new Random(1);
        string[] lines =
        [
            .. Enumerable.Range(0, rows).Select(i => string.Create(CultureInfo.InvariantCulture,
                $"{(isPositive(i) ? 1 : 0) + random.NextDouble() * 1.5:f4},{random.NextDouble():f4},"
                + $"{new DateTime(2024, 1, 1).AddDays(i):yyyy-MM-dd},"
                + $"{(i % 2 == 0 ? "u" : "v")},{(isPositive(i) ? "yes" : "no")}")),
        ];
        File.WriteAllLines(_folder[name], ["a,b,day,w,y", .. lines]);
        return _folder[name];
    }
}
