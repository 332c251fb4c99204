using System.Text.Json;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

[Collection(nameof(TrainedModels))]
public sealed class TrainCommandTests(TrainedModels models)
{
    [Fact]
    public void Train_KeepsAsManyFeaturesAsAskedFor_AndTestsThem()
    {
        Assert.Equal(5, models.Income.GetProperty("selectedFeatures").GetArrayLength());
        Assert.Equal(2, models.Fare.GetProperty("selectedFeatures").GetArrayLength());
        Assert.InRange(Metric(models.Income, "accuracy"), 0.7, 1);
        Assert.InRange(Metric(models.Fare, "rSquared"), 0.8, 1);
        Assert.InRange(Metric(models.Relationship, "accuracy"), 0.5, 1);
        Assert.Equal("multiclass", models.Relationship.GetProperty("label").GetProperty("task").GetString());
        Assert.False(models.Income.GetProperty("cancelled").GetBoolean());
    }

    [Fact]
    public void Train_OnFewRows_TestsOnAllInTurn_AndHoldsOutAPartWhereThatIsAskedFor()
    {
        JsonElement training = models.Income.GetProperty("training");
        Assert.Equal((500, 500), (training.GetProperty("rows").GetInt32(), training.GetProperty("testRows").GetInt32()));
        training = ToolRun.Of("train", models.Adult, "--label", TrainedModels.IncomeLabel, "-o", models["split.zip"], "--features", "2",
            "--split", "0.2", "--json").Succeeded().Json.GetProperty("training");
        Assert.Equal((400, 100), (training.GetProperty("rows").GetInt32(), training.GetProperty("testRows").GetInt32()));
    }

    [Theory]
    [InlineData("none", "NumericEncoding = DGatingNumericEncoding.None,")]
    [InlineData("piecewise", "NumericEncoding = DGatingNumericEncoding.PiecewiseLinear,")]
    [InlineData("embedding", "NumericEncoding = DGatingNumericEncoding.Embedding,")]
    [InlineData("auto", null)]
    public void Encoding_IsThatOfTheModel_AndOfItsCode(string encoding, string? option)
    {
        string code = models[$"code-{encoding}"];
        JsonElement trained = ToolRun.Of(
            ["train", models.Fares, "--label", "fare_amount", "-o", models[$"{encoding}.zip"], "--features", "2", "--encoding", encoding,
            "--code", code, "--json"]).Succeeded().Json;
        Assert.Equal(
            encoding == "piecewise" ? "piecewiseLinear" : encoding, trained.GetProperty("training").GetProperty("encoding").GetString());
        Assert.InRange(Metric(trained, "rSquared"), 0.8, 1);
        string training = File.ReadAllText(Directory.GetFiles(code, "*.training.cs").Single());
        Assert.Equal(option is not null, training.Contains("NumericEncoding", StringComparison.Ordinal));
        Assert.Contains(option ?? "Seed = 1", training, StringComparison.Ordinal);
        Assert.NotEmpty(models.Predict($"{encoding}.zip", models.Fares));
    }

    [Fact]
    public void Encoding_OfAnotherName_IsRefused()
    {
        ToolRun.Of("train", models.Fares, "--label", "fare_amount", "--encoding", "trees").FailedWith(
            ExitCode.Usage, "Argument 'trees' not recognized. Must be one of: 'auto' 'none' 'piecewise' 'embedding'; dgating");
    }

    [Fact]
    public void Shape_IsThatOfTheModel_OfItsCode_AndOfAModelThatGoesOnFromIt()
    {
        string code = models["code-additive"];
        JsonElement trained = ToolRun.Of(
            "train", models.Fares, "--label", "fare_amount", "-o", models["additive.zip"], "--features", "3", "--shape", "additive",
            "--code", code, "--json").Succeeded().Json;
        Assert.Equal("additive", trained.GetProperty("training").GetProperty("shape").GetString());
        Assert.True(Metric(trained, "rSquared") > 0.8);
        string training = File.ReadAllText(Directory.GetFiles(code, "*.training.cs").Single());
        Assert.Contains("Shape = DGatingModelShape.Additive,", training, StringComparison.Ordinal);
        JsonElement further = ToolRun.Of(
            "train", models.Fares, "--label", "fare_amount", "--continue", models["additive.zip"], "-o", models["additive2.zip"],
            "--json").Succeeded().Json;
        Assert.Equal("additive", further.GetProperty("training").GetProperty("shape").GetString());
    }

    [Fact]
    public void Shape_Additive_WithEmbeddings_IsRefused() => ToolRun.Of(
        "train", models.Fares, "--label", "fare_amount", "--shape", "additive", "--encoding", "embedding").FailedWith(
        ExitCode.Usage, "--shape additive has no --encoding embedding, above which features interact: leave one of them out.");

    [Fact]
    public void Networks_AreAveraged_InTheModelAndItsCode()
    {
        string code = models["code-networks"];
        JsonElement Train(string file, params string[] more) => ToolRun.Of(
            ["train", models.Fares, "--label", "fare_amount", "-o", models[file], "--features", "3", "--split", "0.2", "--json", .. more])
            .Succeeded().Json;
        JsonElement one = Train("one-network.zip"), three = Train("networks.zip", "--networks", "3", "--code", code);
        Assert.Equal(3, three.GetProperty("training").GetProperty("networks").GetInt32());
        string training = File.ReadAllText(Directory.GetFiles(code, "*.training.cs").Single());
        Assert.Contains("EnsembleSize = 3,", training, StringComparison.Ordinal);
        Assert.NotEqual(Metric(one, "rSquared"), Metric(three, "rSquared"));
        Assert.InRange(Metric(three, "rSquared"), Metric(one, "rSquared") - 0.02, 1);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65")]
    public void Networks_OutOfRange_AreRefused(string networks) => ToolRun.Of(
        "train", models.Fares, "--label", "fare_amount", "--networks", networks).FailedWith(
        ExitCode.Usage, $"--networks is {networks}, but must be from 1 to 64. Use 1 for a single network.");

    private static double Metric(JsonElement trained, string name) => trained.GetProperty("metrics").EnumerateArray()
        .Single(metric => metric.GetProperty("name").GetString() == name).GetProperty("value").GetDouble();
}
