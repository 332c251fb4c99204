using Microsoft.ML;

namespace MLNet.DGating.Tests.Rows;

/// <summary>What options say of features by name: found, or refused before a row is read.</summary>
public class FeatureTermsTests
{
    private static readonly string[] s_names = ["Rate.a", "Rate.b", "Rate.c", "Miles", "Place.x", "Place.y"];

    private static readonly Dictionary<string, (Action<DGatingTrainerOptions> Change, string Message)> s_refused = new()
    {
        ["unknown kept"] = (o => o.AlwaysKeep = ["Miles", "Mile"],
            "AlwaysKeep names 'Mile', but there is no such feature, column or slot. "
            + "The features are 'Rate', 'Miles', 'Place.x', 'Place.y'. (Parameter 'AlwaysKeep')"),
        ["unknown weight"] = (o => o.GroupWeights = Of(("miles", 2)),
            "GroupWeights names 'miles', but there is no such feature, column or slot. "
            + "The features are 'Rate', 'Miles', 'Place.x', 'Place.y'. (Parameter 'GroupWeights')"),
        ["unknown cost"] = (o => o.GroupCosts = Of(("Rate.d", 2)),
            "GroupCosts names 'Rate.d', but there is no such feature, column or slot. "
            + "The features are 'Rate', 'Miles', 'Place.x', 'Place.y'. (Parameter 'GroupCosts')"),
        ["kept twice"] = (o => o.AlwaysKeep = ["Miles", "Miles"],
            "AlwaysKeep names the feature 'Miles' twice, as 'Miles' and as 'Miles'. (Parameter 'AlwaysKeep')"),
        ["weight twice"] = (o => o.GroupWeights = Of(("Rate", 2), ("Rate.a", 3)),
            "GroupWeights names the feature 'Rate' twice, as 'Rate' and as 'Rate.a'. (Parameter 'GroupWeights')"),
        ["cost twice"] = (o => o.GroupCosts = Of(("Place", 2), ("Place.y", 3)),
            "GroupCosts names the feature 'Place.y' twice, as 'Place' and as 'Place.y'. (Parameter 'GroupCosts')"),
        ["all kept"] = (o => o.AlwaysKeep = ["Rate", "Miles", "Place"],
            "AlwaysKeep names all 4 features, so there is nothing to select. Use Lambda = 0 for a network on all features. "
            + "(Parameter 'AlwaysKeep')"),
        ["count below kept"] = (o => (o.AlwaysKeep, o.MaximumFeatureCount) = (["Rate", "Place"], 2),
            "MaximumFeatureCount is 2, but AlwaysKeep names 3 features, which count too. (Parameter 'MaximumFeatureCount')"),
        ["budget below kept"] = (o => (o.AlwaysKeep, o.GroupCosts, o.MaximumCost) = (["Rate", "Miles"], Of(("Rate", 2.5)), 3),
            "MaximumCost is 3, but the features of AlwaysKeep cost 3.5 in all. (Parameter 'MaximumCost')"),
        ["budget below the cheapest"] = (o => (o.GroupCosts, o.MaximumCost) = (Of(("Rate", 2.5), ("Miles", 0.9)), 0.75),
            "MaximumCost is 0.75, but even the cheapest feature, 'Miles', costs 0.9. (Parameter 'MaximumCost')"),
    };

    public static TheoryData<string> Refused => [.. s_refused.Keys];

    [Theory, MemberData(nameof(Refused))]
    public void Fit_WithWhatCannotBe_SaysSoBeforeARowIsRead(string name)
    {
        (Action<DGatingTrainerOptions> change, string message) = s_refused[name];
        Assert.All(["binary", "multiclass", "regression"], task =>
        {
            var context = new MLContext(seed: 1);
            // Rows without a usable label: had they been read, the error were another.
            DataRow[] rows = Planted.Linear(3, 6, 1, seed: 1);
            Array.ForEach(rows, row => (row.Kind, row.Target) = (9, float.NaN));
            IDataView data = DataRow.View(context, rows, s_names, [0, 2]);
            ArgumentException error =
                Assert.ThrowsAny<ArgumentException>(() => TrainingTask.Get(task).Fit(context, data, change: change));
            Assert.Equal(message, error.Message);
        });
    }

    [Fact]
    public void AName_IsAFeaturesOwn_ElseAColumnsOrASlots_AndStandsForAllItNames()
    {
        FeatureTerms terms = Resolve(new DGatingRegressionTrainer.Options
        {
            AlwaysKeep = ["Place"], GroupWeights = Of(("Rate.b", 3), ("Place.x", 5)), GroupCosts = Of(("Rate", 7), ("Miles", 0.5)),
        }, s_names, [0, 2]);
        Assert.Equal(
            [new(3, 7, false), new(1, 0.5, false), new(5, 1, true), new(1, 1, true)],
            Enumerable.Range(0, 4).Select(feature => terms[feature]));
    }

    [Fact]
    public void AFeaturesOwnName_GoesBeforeThatOfTheColumn()
    {
        string[] names = ["Rate.a", "Rate.b", "Rate", "Miles.x", "Miles.y"];
        Assert.Equal([false, false, true, false, false], Kept("Rate"));
        Assert.Equal([false, false, false, true, true], Kept("Miles"));

        bool[] Kept(string name)
        {
            var options = new DGatingRegressionTrainer.Options { AlwaysKeep = [name], Groups = FeatureGroups.PerSlot };
            FeatureTerms terms = Resolve(options, names, []);
            return [.. Enumerable.Range(0, names.Length).Select(feature => terms[feature].IsKept)];
        }
    }

    [Fact]
    public void ManyFeatures_AreNotAllListed()
    {
        var context = new MLContext(seed: 1);
        DataRow[] rows = Planted.Linear(20, 30, 1, seed: 1);
        string message = Assert.ThrowsAny<ArgumentException>(
            () => TrainingTask.Get("regression").Fit(context, rows, change: options => options.AlwaysKeep = ["x"])).Message;
        Assert.Contains("The features are 'Slot 0', 'Slot 1',", message, StringComparison.Ordinal);
        Assert.Contains("'Slot 9' and 20 more.", message, StringComparison.Ordinal);
    }

    [Theory, AllTasks]
    public void Fit_WithAllKept_AndLambdaZero_IsANetworkOnAll(string task)
    {
        var context = new MLContext(seed: 1);
        IDataView data = DataRow.View(context, Planted.Linear(60, 6, 1, seed: 1), s_names, [0, 2]);
        Fitted fitted = TrainingTask.Get(task).Fit(
            context, data, change: options => (options.AlwaysKeep, options.Lambda) = (["Rate", "Miles", "Place"], 0));
        Assert.Equal([0, 1, 2, 3, 4, 5], fitted.Selected);
    }

    private static FeatureTerms Resolve(DGatingTrainerOptions options, string[] names, int[] ranges)
    {
        var metadata = new SlotMetadata(names, ranges);
        var slots = new FeatureSlots("Features", names.Length, metadata, options.Groups.Resolve(metadata, names.Length));
        return FeatureTerms.Resolve(new MLContext(), slots, options);
    }

    private static Dictionary<string, double> Of(params (string Name, double Value)[] pairs) =>
        pairs.ToDictionary(pair => pair.Name, pair => pair.Value);
}
