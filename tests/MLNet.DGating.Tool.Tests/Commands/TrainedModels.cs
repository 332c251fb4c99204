using System.Text.Json;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

/// <summary>A model of each task, trained once for all tests, with the C# written beside it.</summary>
public sealed class TrainedModels : IDisposable
{
    public const string IncomeLabel = "label(IsOver50K)";

    public TrainedModels()
    {
        Adult = Examples.Adult(Folder);
        Fares = Examples.Fares(Folder);
        Income = Train(Adult, IncomeLabel, "income.zip", "--features", "5");
        Fare = Train(Tables.Gzip(Folder, "fares.csv.gz", File.ReadAllText(Fares)), "fare_amount", "fare.zip", "--features", "2");
        Relationship = Train(Adult, "relationship", "relationship.zip", "--ignore", IncomeLabel, "education", "native-country", "--features", "3");
    }

    public Folder Folder { get; } = new();

    public string Adult { get; }

    public string Fares { get; }

    /// <summary>What train --json says of a binary model, of a regression and of a multiclass model.</summary>
    public JsonElement Income { get; }

    public JsonElement Fare { get; }

    public JsonElement Relationship { get; }

    public string this[string model] => Folder[model];

    public void Dispose() => Folder.Dispose();

    private JsonElement Train(string data, string label, string model, params string[] more) =>
        ToolRun.Of(["train", data, "--label", label, "-o", Folder[model], "--code", Folder[Path.GetFileNameWithoutExtension(model)], "--json", .. more]).Succeeded().Json;
}

[CollectionDefinition(nameof(TrainedModels))]
public sealed class SharesTrainedModels : ICollectionFixture<TrainedModels>;
