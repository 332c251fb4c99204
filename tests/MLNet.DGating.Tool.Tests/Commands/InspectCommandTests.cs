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

    private static string? Name(JsonElement feature) => feature.GetProperty("name").GetString();
}
