using System.Text.Json;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

[Collection(nameof(TrainedModels))]
public sealed class InspectCommandTests(TrainedModels models)
{
    [Fact]
    public void Inspect_TellsWhatTrainDid()
    {
        string text = ToolRun.Of("inspect", models["income.zip"]).Succeeded().Output;
        Assert.Contains("income.zip predicts 'label(IsOver50K)' ('0', '1'): binary.", text, StringComparison.Ordinal);
        JsonElement json = ToolRun.Of("inspect", models["income.zip"], "--json").Succeeded().Json;
        JsonElement[] features = [.. json.GetProperty("features").EnumerateArray()];
        IEnumerable<JsonElement> selected = features.Where(feature => feature.GetProperty("isSelected").GetBoolean());
        Assert.Contains($"5 of {features.Length} features selected", text, StringComparison.Ordinal);
        Assert.Equal(14, json.GetProperty("columns").GetArrayLength());
        Assert.Equal(models.Income.GetProperty("selectedFeatures").EnumerateArray().Select(Name), selected.Select(Name));
    }

    [Fact]
    public void Inspect_OfATable_TellsHowItIsUnderstood_AndWritesItPlainly()
    {
        string[][] rows = [["price", "when", "note", "kind"], .. Enumerable.Range(0, 100).Select(i => new[]
        {
            i == 3 ? "unknown" : $"{i},50 €", $"{i % 28 + 1:00}.02.2024", $"note-{i * 7919}", i % 2 == 0 ? "a" : " b ",
        })];
        string data = models.Folder.Write("strange.csv", TestTables.Csv(rows, ';'));
        ToolRun run = ToolRun.Of("inspect", data, "-o", models["plain.csv"], "--json").Succeeded();
        string[] kinds = [.. run.Json.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("kind").GetString()!)];
        Assert.Equal(["numeric", "date", "text", "categorical"], kinds);
        Assert.StartsWith("price,when,note,kind\n0.5,2024-02-01,note-0,a\n1.5,2024-02-02,note-7919,b\n",
            File.ReadAllText(models["plain.csv"]), StringComparison.Ordinal);
        string text = ToolRun.Of("inspect", data, "--label", "kind").Succeeded().Output;
        Assert.Contains(
            "'price' is read as numbers with a decimal comma, such as '0,50 €'; --decimal-point", text, StringComparison.Ordinal);
        Assert.Contains("'unknown' in 1 row count as missing; --categorical price overrules", text, StringComparison.Ordinal);
        Assert.Contains("'note' is left out: no value repeats, as in an id; --categorical note", text, StringComparison.Ordinal);
        Assert.Contains("Binary classification: 'kind' is 'a' or 'b'", text, StringComparison.Ordinal);
    }

    private static string? Name(JsonElement feature) => feature.GetProperty("name").GetString();
}
