using System.Text.Json;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

/// <summary>train --continue: the columns, features and settings of a model stay, and its network is trained on.</summary>
[Collection(nameof(TrainedModels))]
public sealed class ContinueTests(TrainedModels models)
{
    [Theory]
    [InlineData("income", TrainedModels.IncomeLabel, "logLoss")]
    [InlineData("relationship", "relationship", "logLoss")]
    [InlineData("fare", "fare_amount", "rootMeanSquaredError")]
    public void TheModel_GoesOn_AndIsAModelLikeAnyOther(string model, string label, string metric)
    {
        using var folder = new Folder();
        string data = model == "fare" ? Examples.Fares(folder, 1500) : Examples.Adult(folder, 1500);
        JsonElement result = Continue(folder, data, label, model).Succeeded().Json;
        ModelDescription before = ModelFile.Describe(models[model + ".zip"]), after = ModelFile.Describe(folder["new.zip"]);
        Assert.Equal(
            before.Features.Where(feature => feature.IsSelected).Select(feature => feature.Name).Order(),
            after.Features.Where(feature => feature.IsSelected).Select(feature => feature.Name).Order());
        Assert.Equal(before.Features.Count, after.Features.Count);
        Assert.Equal(model + ".zip", after.Training.ContinuedFrom);
        Assert.Null(before.Training.ContinuedFrom);
        Assert.Equal(model + ".zip", result.GetProperty("training").GetProperty("continuedFrom").GetString());
        Assert.Contains(after.Metrics, one => one.Name == metric && double.IsFinite(one.Value));
        string[][] predictions = [.. ToolRun.Of("predict", folder["new.zip"], data, "--predictions-only").Succeeded()
            .Lines.Select(line => line.Split(','))];
        Assert.Equal(1501, predictions.Length);
        Assert.Equal(models.Predict(model + ".zip", data, "--predictions-only")[0], predictions[0]);
        Assert.Contains(
            $", going on from {model}.zip, seed 1", ToolRun.Of("inspect", folder["new.zip"]).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheTable_MayLackClasses_AndColumnsThatTheModelDoesNotRead()
    {
        using var folder = new Folder();
        string[][] rows = TestTables.Cells(Examples.Adult(folder));
        int label = Array.IndexOf(rows[0], "relationship");
        string[] used = [.. ModelFile.Describe(models["relationship.zip"]).UsedColumns.Select(column => column.Name), "relationship"];
        int[] kept = [.. used.Select(name => Array.IndexOf(rows[0], name))];
        string some = folder.Write("some.csv", TestTables.Csv(
            rows.Where((row, i) => i == 0 || row[label] is not "Other-relative").Select(row => Array.ConvertAll(kept, at => row[at]))));
        ToolRun run = Continue(folder, some, "relationship", "relationship").Succeeded();
        Assert.Equal(6, ModelFile.Describe(folder["new.zip"]).Label.Words.Count);
        Assert.DoesNotContain("constant", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ATableWithoutAColumnOfTheModel_IsRefused()
    {
        using var folder = new Folder();
        string name = ModelFile.Describe(models["fare.zip"]).UsedColumns.First().Name;
        string data = folder.Write("fares.csv", File.ReadAllText(models.Fares).Replace(name, "other", StringComparison.Ordinal));
        Continue(folder, data, "fare_amount", "fare").FailedWith(ExitCode.Input, $"has no column '{name}', which the model reads");
        Assert.False(File.Exists(folder["new.zip"]));
    }

    [Fact]
    public void AClassThatTheModelDoesNotKnow_IsRefused()
    {
        using var folder = new Folder();
        string data = folder.Write("adult.csv", File.ReadAllText(models.Adult).Replace("Husband", "Spouse", StringComparison.Ordinal));
        Continue(folder, data, "relationship", "relationship")
            .FailedWith(ExitCode.Input, "'relationship' of", "has the value 'Spouse', but the model knows");
    }

    [Fact]
    public void AnotherLabel_AndOptionsThatTheModelSettles_AreRefused()
    {
        using var folder = new Folder();
        Continue(folder, models.Adult, "age", "income")
            .FailedWith(ExitCode.Usage, "--label is 'age'", $"predicts '{TrainedModels.IncomeLabel}'");
        Continue(folder, models.Fares, "fare_amount", "fare", "--features", "2")
            .FailedWith(ExitCode.Usage, "--features and --continue contradict each other");
        Continue(folder, models.Fares, "fare_amount", "fare", "--loss", "absolute")
            .FailedWith(ExitCode.Usage, "--loss and --continue contradict each other");
    }

    [Fact]
    public void AFileThatIsNoModel_IsRefused()
    {
        using var folder = new Folder();
        ToolRun.Of("train", models.Fares, "--label", "fare_amount", "--continue", models.Fares, "-o", folder["new.zip"])
            .FailedWith(ExitCode.Input, "fares.csv");
    }

    private ToolRun Continue(Folder folder, string data, string label, string model, params string[] more) => ToolRun.Of(
        ["train", data, "--label", label, "--continue", models[model + ".zip"], "-o", folder["new.zip"], "--json", .. more]);
}
