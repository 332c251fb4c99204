using System.Globalization;
using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

[Collection(nameof(TrainedModels))]
public sealed class PredictCommandTests(TrainedModels models)
{
    private string[] UsedColumns => [.. models.Fare.GetProperty("usedColumns").EnumerateArray().Select(name => name.GetString()!)];

    [Fact]
    public void Predict_WritesTheTableAndThePredictions_InTheLabelsWords()
    {
        string[][] rows = models.Predict("income.zip", models.Adult);
        Assert.Equal([.. File.ReadLines(models.Adult).First().Split(','), "Prediction", "Probability.1"], rows[0]);
        Assert.Equal(501, rows.Length);
        int label = Array.IndexOf(rows[0], TrainedModels.IncomeLabel);
        Assert.InRange(rows.Skip(1).Average(row => row[label] == row[^2] ? 1.0 : 0), 0.75, 1);
        Assert.All(rows.Skip(1), row => Assert.Equal(Number(row[^1]) > 0.5 ? "1" : "0", row[^2]));
    }

    [Fact]
    public void Predict_OfSeveralClasses_GivesEachAProbability()
    {
        string[][] rows = models.Predict("relationship.zip", models.Adult, "--predictions-only");
        Assert.Contains("Probability.Husband", rows[0]);
        Assert.All(rows.Skip(1), row =>
        {
            float[] probabilities = [.. row.Skip(1).Select(Number)];
            Assert.Equal(1, probabilities.Sum(), 0.001);
            Assert.Equal("Probability." + row[0], rows[0][1 + Array.IndexOf(probabilities, probabilities.Max())]);
        });
    }

    [Fact]
    public void Predict_IsWhatAnApplicationGets_ThatLoadsTheZip()
    {
        string[][] rows = models.Predict("fare.zip", models.Fares, "--predictions-only");
        var mlContext = new MLContext();
        ITransformer model = mlContext.Model.Load(models["fare.zip"], out DataViewSchema schema);
        Assert.DoesNotContain(schema, column => column.Name == "fare_amount");
        IDataView trips = mlContext.Data.LoadFromTextFile(models.Fares,
        [
            new("vendor_id", DataKind.String, 0), new("rate_code", DataKind.Single, 1), new("passenger_count", DataKind.Single, 2),
            new("trip_time_in_secs", DataKind.Single, 3), new("trip_distance", DataKind.Single, 4), new("payment_type", DataKind.String, 5),
        ], separatorChar: ',', hasHeader: true);
        Assert.Equal(rows.Skip(1).Select(row => Number(row[0])), model.Transform(trips).GetColumn<float>("Score"));
    }

    [Fact]
    public void Predict_NeedsOnlyTheColumnsThatTheModelReads()
    {
        string[][] table = TestTables.Cells(models.Fares);
        int[] kept = [.. table[0].Index().Where(column => UsedColumns.Contains(column.Item)).Select(column => column.Index).Reverse()];
        IEnumerable<string[]> cells = table.Select(row => Array.ConvertAll(kept, column => row[column]));
        string reduced = models.Folder.Write("reduced.tsv", TestTables.Csv(cells, '\t'));
        ToolRun run = ToolRun.Of("predict", models["fare.zip"], reduced, "--predictions-only").Succeeded();
        Assert.Contains("the model does not read", run.Error, StringComparison.Ordinal);
        Assert.Equal(ToolRun.Of("predict", models["fare.zip"], models.Fares, "--predictions-only").Succeeded().Output, run.Output);
    }

    [Fact]
    public void Predict_WithoutAColumnThatTheModelReads_SaysWhich()
    {
        string used = UsedColumns[0];
        string text = File.ReadAllText(models.Fares).Replace(used, used + "s", StringComparison.Ordinal);
        string renamed = models.Folder.Write("renamed.csv", text);
        ToolRun.Of("predict", models["fare.zip"], renamed).FailedWith(
            ExitCode.Input, $"renamed.csv' has no column '{used}', which the model reads", $"did you mean '{used}s'?");
    }

    [Fact]
    public void Predict_WithWordsWhereNumbersWere_SaysSo()
    {
        string number = UsedColumns.First(name => name.StartsWith("trip", StringComparison.Ordinal));
        string[][] table = TestTables.Cells(models.Fares);
        int column = Array.IndexOf(table[0], number);
        string[] Worded(string[] row, int i) => i == 0 ? row : [.. row[..column], "far", .. row[(column + 1)..]];
        string all = models.Folder.Write("words.csv", TestTables.Csv(table.Select(Worded)));
        ToolRun.Of("predict", models["fare.zip"], all, "-o", models["words.out.csv"]).FailedWith(
            ExitCode.Input, $"Column '{number}' of '{all}' holds words such as 'far', but the model reads numbers there");
        Assert.False(File.Exists(models["words.out.csv"]));

        string one = models.Folder.Write("word.csv", TestTables.Csv(table.Select((row, i) => i == 3 ? Worded(row, i) : row)));
        Assert.Contains(
            $"'{number}' holds words such as 'far' in 1 row, first in row 3, where the model reads numbers; they count as missing.",
            ToolRun.Of("predict", models["fare.zip"], one).Succeeded().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_OfACategoryNeverSeen_StillPredicts_AndLeavesTheOtherRowsAsTheyWere()
    {
        string text = File.ReadAllText(models.Adult).Replace("Husband", "Friend", StringComparison.Ordinal);
        string[][] seen = models.Predict("income.zip", models.Adult);
        string[][] unseen = models.Predict("income.zip", models.Folder.Write("unseen.csv", text));
        int relationship = Array.IndexOf(seen[0], "relationship");
        Assert.Equal(seen.Length, unseen.Length);
        for (int i = 1; i < seen.Length; i++)
        {
            Assert.InRange(Number(unseen[i][^1]), 0, 1);
            if (seen[i][relationship] != "Husband")
            {
                Assert.Equal(seen[i], unseen[i]);
            }
        }
    }

    [Fact]
    public void Predict_OfCategoriesNeverSeen_CountsThemByColumn_AndTrimsTheOthers()
    {
        string[] rows = [.. Enumerable.Range(0, 200).Select(i => $"{(i % 2 == 0 ? "red" : "green")},{i % 7},{i % 2 * 3 + i % 7}.5")];
        string data = models.Folder.Write("colours.csv", "colour,size,y\n" + string.Join('\n', rows) + "\n");
        ToolRun.Of("train", data, "--label", "y", "-o", models["colours.zip"]).Succeeded();
        string strange = models.Folder.Write("strange-colours.csv", "colour,size\nviolet,1\n,1\nRED,1\n red ,1\nred,1\n");
        ToolRun run = ToolRun.Of("predict", models["colours.zip"], strange, "--predictions-only").Succeeded();
        Assert.Contains(
            "'colour' has values that no training row had in 2 rows, such as 'violet' in row 1", run.Error, StringComparison.Ordinal);
        Assert.Equal(run.Lines[5], run.Lines[4]);
    }

    [Fact]
    public void Predict_WithBadCellsMissing_GoesOn()
    {
        string number = UsedColumns.First(name => name.StartsWith("trip", StringComparison.Ordinal));
        string[][] table = TestTables.Cells(models.Fares);
        int column = Array.IndexOf(table[0], number);
        string all = models.Folder.Write("bad.csv", TestTables.Csv(table.Select((row, i) =>
            i == 0 ? row : [.. row[..column], "far", .. row[(column + 1)..]])));
        ToolRun run = ToolRun.Of("predict", models["fare.zip"], all, "--bad-cells", "missing").Succeeded();
        Assert.Contains($"'{number}' holds words such as 'far' in 500 rows, first in row 1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_ReadsAndWritesPackedFiles()
    {
        ToolRun.Of("predict", models["fare.zip"], models["fares.csv.gz"], "-o", models["p.tsv.gz"]).Succeeded();
        using var reader = new StreamReader(new GZipStream(File.OpenRead(models["p.tsv.gz"]), CompressionMode.Decompress));
        string[] packed = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith("fare_amount\tPrediction", packed[0], StringComparison.Ordinal);
        Assert.Equal(models.Predict("fare.zip", models.Fares), packed.Select(line => line.Split('\t')));
    }

    private static float Number(string cell) => float.Parse(cell, CultureInfo.InvariantCulture);
}
