using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

[Collection(nameof(TrainedModels))]
public sealed class EndToEndTests(TrainedModels models)
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
    public void Train_HoldsOutAFifthOfTheRows()
    {
        JsonElement training = models.Income.GetProperty("training");
        Assert.Equal(500, training.GetProperty("rows").GetInt64() + training.GetProperty("testRows").GetInt64());
        Assert.InRange(training.GetProperty("testRows").GetInt64(), 60, 140);
    }

    [Fact]
    public void Predict_WritesTheTableAndThePredictions_InTheLabelsWords()
    {
        string[][] rows = Predict("income.zip", models.Adult);
        Assert.Equal([.. File.ReadLines(models.Adult).First().Split(','), "Prediction", "Probability.1"], rows[0]);
        Assert.Equal(501, rows.Length);
        int label = Array.IndexOf(rows[0], TrainedModels.IncomeLabel);
        Assert.InRange(rows.Skip(1).Average(row => row[label] == row[^2] ? 1.0 : 0), 0.75, 1);
        Assert.All(rows.Skip(1), row => Assert.Equal(float.Parse(row[^1], CultureInfo.InvariantCulture) > 0.5 ? "1" : "0", row[^2]));
    }

    [Fact]
    public void Predict_OfSeveralClasses_GivesEachAProbability()
    {
        string[][] rows = Predict("relationship.zip", models.Adult, "--predictions-only");
        Assert.Contains("Probability.Husband", rows[0]);
        Assert.All(rows.Skip(1), row =>
        {
            float[] probabilities = [.. row.Skip(1).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))];
            Assert.Equal(1, probabilities.Sum(), 0.001);
            Assert.Equal("Probability." + row[0], rows[0][1 + Array.IndexOf(probabilities, probabilities.Max())]);
        });
    }

    [Fact]
    public void Predict_IsWhatAnApplicationGets_ThatLoadsTheZip()
    {
        string[][] rows = Predict("fare.zip", models.Fares, "--predictions-only");
        var mlContext = new MLContext();
        ITransformer model = mlContext.Model.Load(models["fare.zip"], out DataViewSchema schema);
        Assert.DoesNotContain(schema, column => column.Name == "fare_amount");
        IDataView trips = mlContext.Data.LoadFromTextFile(models.Fares,
        [
            new("vendor_id", DataKind.String, 0), new("rate_code", DataKind.Single, 1), new("passenger_count", DataKind.Single, 2),
            new("trip_time_in_secs", DataKind.Single, 3), new("trip_distance", DataKind.Single, 4), new("payment_type", DataKind.String, 5),
        ], separatorChar: ',', hasHeader: true);
        Assert.Equal(rows.Skip(1).Select(row => float.Parse(row[0], CultureInfo.InvariantCulture)), model.Transform(trips).GetColumn<float>("Score"));
    }

    [Fact]
    public void Predict_NeedsOnlyTheColumnsThatTheModelReads()
    {
        string[][] table = [.. File.ReadLines(models.Fares).Select(line => line.Split(','))];
        HashSet<string> used = [.. models.Fare.GetProperty("usedColumns").EnumerateArray().Select(name => name.GetString()!)];
        int[] kept = [.. table[0].Index().Where(column => used.Contains(column.Item)).Select(column => column.Index).Reverse()];
        string reduced = models.Folder.Write("reduced.tsv", Tables.Csv(table.Select(row => Array.ConvertAll(kept, column => row[column])), '\t'));
        ToolRun run = ToolRun.Of("predict", models["fare.zip"], reduced, "--predictions-only").Succeeded();
        Assert.Contains("the model does not read", run.Error, StringComparison.Ordinal);
        Assert.Equal(ToolRun.Of("predict", models["fare.zip"], models.Fares, "--predictions-only").Succeeded().Output, run.Output);
    }

    [Fact]
    public void Predict_WithoutAColumnThatTheModelReads_SaysWhich()
    {
        string used = models.Fare.GetProperty("usedColumns")[0].GetString()!;
        string renamed = models.Folder.Write("renamed.csv", File.ReadAllText(models.Fares).Replace(used, used + "s", StringComparison.Ordinal));
        ToolRun.Of("predict", models["fare.zip"], renamed).FailedWith(ExitCode.Input, $"'{used}'", $"did you mean '{used}s'?");
    }

    [Fact]
    public void Predict_WithWordsWhereNumbersWere_SaysSo()
    {
        string number = models.Fare.GetProperty("usedColumns").EnumerateArray().Select(name => name.GetString()!).First(name => name.StartsWith("trip", StringComparison.Ordinal));
        string[][] table = [.. File.ReadLines(models.Fares).Select(line => line.Split(','))];
        int column = Array.IndexOf(table[0], number);
        string[] Worded(string[] row, int i) => i == 0 ? row : [.. row[..column], "far", .. row[(column + 1)..]];
        string all = models.Folder.Write("words.csv", Tables.Csv(table.Select(Worded)));
        ToolRun.Of("predict", models["fare.zip"], all, "-o", models["words.out.csv"]).FailedWith(ExitCode.Input, $"'{number}'", "'far'");
        Assert.False(File.Exists(models["words.out.csv"]));

        string one = models.Folder.Write("word.csv", Tables.Csv(table.Select((row, i) => i == 3 ? Worded(row, i) : row)));
        Assert.Contains("in 1 row", ToolRun.Of("predict", models["fare.zip"], one).Succeeded().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_OfACategoryNeverSeen_StillPredicts()
    {
        string unseen = models.Folder.Write("unseen.csv", File.ReadAllText(models.Adult).Replace("Husband", "Friend", StringComparison.Ordinal));
        Assert.All(Predict("income.zip", unseen).Skip(1), row => Assert.InRange(float.Parse(row[^1], CultureInfo.InvariantCulture), 0, 1));
    }

    [Fact]
    public void Predict_ReadsAndWritesPackedFiles()
    {
        ToolRun.Of("predict", models["fare.zip"], models["fares.csv.gz"], "-o", models["p.tsv.gz"]).Succeeded();
        using var reader = new StreamReader(new GZipStream(File.OpenRead(models["p.tsv.gz"]), CompressionMode.Decompress));
        Assert.EndsWith("fare_amount\tPrediction", reader.ReadLine());
    }

    [Fact]
    public void Inspect_TellsWhatTrainDid()
    {
        string text = ToolRun.Of("inspect", models["income.zip"]).Succeeded().Output;
        Assert.Contains("income.zip predicts 'label(IsOver50K)' ('0', '1'): binary.", text, StringComparison.Ordinal);
        Assert.Contains("5 of ", text, StringComparison.Ordinal);
        JsonElement json = ToolRun.Of("inspect", models["income.zip"], "--json").Succeeded().Json;
        Assert.Equal(14, json.GetProperty("columns").GetArrayLength());
        Assert.True(json.GetProperty("features").GetArrayLength() > 5);
    }

    [Fact]
    public void Select_WritesTheColumnsItSelected_AsTheyWere()
    {
        JsonElement json = ToolRun.Of("select", models.Fares, "--label", "fare_amount", "-k", "2", "-o", models["few.csv"], "--json").Succeeded().Json;
        string[] columns = [.. json.GetProperty("columns").EnumerateArray().Select(name => name.GetString()!), "fare_amount"];
        string[][] written = [.. File.ReadLines(models["few.csv"]).Select(line => line.Split(','))];
        string[][] source = [.. File.ReadLines(models.Fares).Select(line => line.Split(','))];
        Assert.Equal(3, columns.Length);
        Assert.Equal(columns.Order(), written[0].Order());
        Assert.Equal(source.Select(row => row[Array.IndexOf(source[0], columns[0])]), written.Select(row => row[Array.IndexOf(written[0], columns[0])]));
    }

    private static double Metric(JsonElement trained, string name) =>
        trained.GetProperty("metrics").EnumerateArray().Single(metric => metric.GetProperty("name").GetString() == name).GetProperty("value").GetDouble();

    private string[][] Predict(string model, string data, params string[] more) =>
        [.. ToolRun.Of(["predict", models[model], data, .. more]).Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
}
