using System.Text.Json;
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
    public void Train_HoldsOutAFifthOfTheRows()
    {
        JsonElement training = models.Income.GetProperty("training");
        Assert.Equal(500, training.GetProperty("rows").GetInt64() + training.GetProperty("testRows").GetInt64());
        Assert.InRange(training.GetProperty("testRows").GetInt64(), 60, 140);
    }

    private static double Metric(JsonElement trained, string name) => trained.GetProperty("metrics").EnumerateArray()
        .Single(metric => metric.GetProperty("name").GetString() == name).GetProperty("value").GetDouble();
}
