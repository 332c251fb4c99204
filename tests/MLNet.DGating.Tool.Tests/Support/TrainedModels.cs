using System.Text.Json;

namespace MLNet.DGating.Tool.Tests.Support;

/// <summary>A model of each task, trained once for all tests, with its C# in a folder beside it.</summary>
public sealed class TrainedModels : IDisposable
{
    public const string IncomeLabel = "label(IsOver50K)";

    public TrainedModels()
    {
        Adult = Examples.Adult(Folder);
        Fares = Examples.Fares(Folder);
        string packed = TestTables.Gzip(Folder, "fares.csv.gz", File.ReadAllText(Fares));
        Income = Train(Adult, IncomeLabel, "income.zip", "--features", "5");
        Fare = Train(packed, "fare_amount", "fare.zip", "--features", "2");
        Relationship = Train(
            Adult, "relationship", "relationship.zip", "--ignore", IncomeLabel, "education", "native-country", "--features", "3");
    }

    public Folder Folder { get; } = new();

    public string Adult { get; }

    public string Fares { get; }

    /// <summary>The JSON of train for a binary model.</summary>
    public JsonElement Income { get; }

    /// <summary>The JSON of train for a regression.</summary>
    public JsonElement Fare { get; }

    /// <summary>The JSON of train for a multiclass model.</summary>
    public JsonElement Relationship { get; }

    public string this[string model] => Folder[model];

    public void Dispose() => Folder.Dispose();

    /// <summary>Predicts a table; returns the cells of the csv.</summary>
    internal string[][] Predict(string model, string data, params string[] more) =>
        [.. ToolRun.Of(["predict", Folder[model], data, .. more]).Succeeded().Lines.Select(line => line.Split(','))];

    private JsonElement Train(string data, string label, string model, params string[] more)
    {
        string codeFolder = Folder[Path.GetFileNameWithoutExtension(model)];
        string[] arguments = ["train", data, "--label", label, "-o", Folder[model], "--code", codeFolder, "--json", .. more];
        return ToolRun.Of(arguments).Succeeded().Json;
    }
}

[CollectionDefinition(nameof(TrainedModels))]
public sealed class SharesTrainedModels : ICollectionFixture<TrainedModels>;
