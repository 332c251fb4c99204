using System.Globalization;
using System.Text.Json;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

[Collection(nameof(TrainedModels))]
public sealed class ExplainCommandTests(TrainedModels models)
{
    private const int FirstContribution = 4;

    [Theory]
    [InlineData("income.zip")]
    [InlineData("relationship.zip")]
    [InlineData("fare.zip")]
    public void Explain_IntoAFile_GivesEveryRowContributionsThatAddUp(string model)
    {
        string data = model == "fare.zip" ? models.Fares : models.Adult;
        string[][] rows = Explain(model, data);
        string[][] predicted = models.Predict(model, data, "--predictions-only");
        Assert.Equal(predicted.Select(row => row[0]), rows.Select(row => row[1]));
        Assert.All(rows.Skip(1), row =>
        {
            double[] parts = [.. row.Skip(FirstContribution).Select(Number)];
            Assert.Equal(Number(row[2]) - Number(row[3]), parts.Sum(), 1e-4 * (1 + parts.Sum(Math.Abs)));
        });
        Assert.Equal(Enumerable.Range(1, rows.Length - 1), rows.Skip(1).Select(row => int.Parse(row[0], CultureInfo.InvariantCulture)));
        // Each of several classes has a base of its own.
        int bases = model == "relationship.zip" ? rows.Skip(1).Select(row => row[1]).Distinct().Count() : 1;
        Assert.Equal(bases, rows.Skip(1).Select(row => row[3]).Distinct().Count());
    }

    [Fact]
    public void Explain_NamesTheColumnsThatTheModelReads_CategoriesAsAWhole()
    {
        string[] used = [.. models.Income.GetProperty("usedColumns").EnumerateArray().Select(name => name.GetString()!)];
        Assert.Equal(
            ["Row", "Prediction", "Score", "Base", .. used.Select(name => "Contribution." + name)], Explain("income.zip", models.Adult)[0]);
    }

    [Fact]
    public void Explain_OfTwoClasses_GivesTheLogOddsOfThePositiveOne()
    {
        string[][] predicted = models.Predict("income.zip", models.Adult, "--predictions-only");
        Assert.All(Explain("income.zip", models.Adult).Zip(predicted).Skip(1), row =>
            Assert.Equal(Number(row.Second[1]), 1 / (1 + Math.Exp(-Number(row.First[2]))), 1e-5));
    }

    [Fact]
    public void Explain_PrintsTheLargestContributions_AndTheSumOfTheOthers()
    {
        ToolRun run = ToolRun.Of("explain", models["income.zip"], models.Adult, "--rows", "2", "--top", "1").Succeeded();
        Assert.Equal("Scores are log-odds of '1'.", run.Lines[0].TrimEnd());
        Assert.Equal(2, run.Lines.Count(line => line.StartsWith("Row ", StringComparison.Ordinal)));
        Assert.Equal(2, run.Lines.Count(line => line.Contains("others", StringComparison.Ordinal)));
        Assert.Contains("Scores are predictions of 'fare_amount'.",
            ToolRun.Of("explain", models["fare.zip"], models.Fares).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_AsJson_HasAllContributionsWithTheCells_TheLargestFirst()
    {
        JsonElement[] rows =
        [
            .. ToolRun.Of("explain", models["fare.zip"], models.Fares, "--rows", "3", "--json").Succeeded().Json
                .GetProperty("rows").EnumerateArray(),
        ];
        string[][] cells = TestTables.Cells(models.Fares);
        Assert.Equal(3, rows.Length);
        Assert.All(rows.Index(), row =>
        {
            JsonElement[] parts = [.. row.Item.GetProperty("contributions").EnumerateArray()];
            Assert.All(parts, part =>
            {
                int column = Array.IndexOf(cells[0], part.GetProperty("column").GetString());
                Assert.Equal(cells[row.Index + 1][column], part.GetProperty("value").GetString());
            });
            double[] sizes = [.. parts.Select(part => Math.Abs(part.GetProperty("contribution").GetDouble()))];
            Assert.Equal(sizes.OrderDescending(), sizes);
            Assert.Equal(row.Index + 1, row.Item.GetProperty("row").GetInt32());
        });
    }

    [Fact]
    public void Explain_WithoutAColumnThatTheModelReads_SaysWhich()
    {
        string used = models.Fare.GetProperty("usedColumns")[0].GetString()!;
        string text = File.ReadAllText(models.Fares).Replace(used, used + "s", StringComparison.Ordinal);
        ToolRun.Of("explain", models["fare.zip"], models.Folder.Write("unexplained.csv", text)).FailedWith(
            ExitCode.Input, $"unexplained.csv' has no column '{used}', which the model reads");
    }

    [Theory, InlineData("--rows"), InlineData("--top")]
    public void Explain_ACountBelowOne_IsAnErrorThatNamesIt(string option) =>
        ToolRun.Of("explain", models["fare.zip"], models.Fares, option, "0").FailedWith(
            ExitCode.Usage, $"{option} must be at least 1, but is 0");

    [Fact]
    public void Explain_IntoAFileThatExists_NeedsForce()
    {
        string existing = models.Folder.Write("explained.csv", "mine");
        ToolRun.Of("explain", models["fare.zip"], models.Fares, "-o", existing).FailedWith(ExitCode.Output, "exists: give --force");
        Assert.Equal("mine", File.ReadAllText(existing));
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private string[][] Explain(string model, string data)
    {
        string output = models[Path.ChangeExtension(model, ".explained.csv")];
        ToolRun.Of("explain", models[model], data, "-o", output, "--force").Succeeded();
        return TestTables.Cells(output);
    }
}
