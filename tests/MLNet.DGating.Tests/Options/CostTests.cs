using CsCheck;
using Microsoft.ML;

namespace MLNet.DGating.Tests.Options;

/// <summary>Features with weights and costs, and a budget.</summary>
public class CostTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly DataRow[] _rows = Planted.Linear(200, 8, 3, seed: 4);

    [Theory, AllTasks]
    public void Fit_OfTwoFeaturesThatSayTheSame_KeepsTheCheaper(string task)
    {
        // Slot 7 is a copy of slot 0.
        DataRow[] rows = [.. _rows.Select(row => row.With([.. row.Values[..7], row.Values[0]]))];
        foreach (int dear in (int[])[0, 7])
        {
            Fitted fitted = TrainingTask.Get(task).Fit(_context, rows, 3, options => options.GroupCosts = Of((dear, 3)));
            Assert.Equal([.. new[] { 1, 2, 7 - dear }.Order()], fitted.Selected);
        }
    }

    [Theory, AllTasks]
    public void Fit_WithAWeight_LetsAFeatureLeaveSooner(string task)
    {
        Assert.Equal([0, 1, 2], TrainingTask.Get(task).Fit(_context, _rows, 3).Selected);
        Assert.DoesNotContain(1, TrainingTask.Get(task).Fit(_context, _rows, 3, options => options.GroupWeights = Of((1, 50))).Selected);
    }

    [Fact]
    public void Fit_WithABudget_KeepsToIt() =>
        Gen.Select(Gen.Double[0.5, 5].Array[8], Gen.Double[0, 1], Gen.Int[0, 1000], Gen.OneOfConst("binary", "multiclass", "regression"))
            .Sample((costs, share, seed, task) =>
            {
                double budget = costs.Min() + share * (costs.Sum() - costs.Min());
                Fitted fitted = TrainingTask.Get(task).Fit(_context, _rows, change: options =>
                {
                    options.GroupCosts = Of([.. costs.Select((cost, slot) => (slot, cost))]);
                    options.MaximumCost = budget;
                    options.Seed = seed;
                });
                Assert.InRange(fitted.Selected.Sum(slot => costs[slot]), costs.Min(), budget * (1 + 1e-9));
                Assert.All(fitted.Report.Features, feature => Assert.Equal(costs[feature.Index] > budget, feature.LambdaOut == 0));
            }, iter: 15, threads: 1);

    [Theory, AllTasks]
    public void Fit_WithABudget_TakesWhatMatters_AndSaysWhatItCosts(string task)
    {
        var log = new MessageLog(_context);
        Fitted fitted = TrainingTask.Get(task).Fit(
            _context, _rows, change: options => (options.GroupCosts, options.MaximumCost) = (Of((0, 2), (5, 9)), 4.5));
        Assert.Equal([0, 1, 2], fitted.Selected);
        Assert.Contains("They cost 4 of at most 4.5.", log.Information);
        Assert.Contains("Left out, being dearer than MaximumCost allows: 'Slot 5'.", log.Information);
        Assert.Equal(0, fitted.Report.Features[5].LambdaOut);
        Assert.False(fitted.Report.IsConstant(fitted.Report.Features[5]));
    }

    [Theory, AllTasks]
    public void Fit_WithABudgetAndFeaturesThatStay_PaysForThoseFirst(string task)
    {
        Fitted fitted = TrainingTask.Get(task).Fit(_context, _rows, change: options =>
            (options.AlwaysKeep, options.GroupCosts, options.MaximumCost) = (["Slot 7"], Of((7, 4)), 5));
        Assert.Equal(2, fitted.Selected.Length);
        Assert.Contains(7, fitted.Selected);
        Assert.Equal([7], TrainingTask.Get(task).Fit(_context, _rows, change: options =>
            (options.AlwaysKeep, options.GroupCosts, options.MaximumCost) = (["Slot 7"], Of((7, 4)), 4)).Selected);
    }

    [Fact]
    public void Fit_WhereWhatVariesIsTooDear_SaysSo()
    {
        DataRow[] rows = [.. _rows.Select(row => row.With([row.Values[0], row.Values[1], 3]))];
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => TrainingTask.Get("regression").Fit(
            _context, rows, change: options => (options.GroupCosts, options.MaximumCost) = (Of((0, 5), (1, 4)), 2)));
        Assert.Equal(
            "MaximumCost is 2, but even the cheapest feature, 'Slot 1', costs 4. (Parameter 'MaximumCost')", error.Message);
    }

    [Fact]
    public void SaveAndLoad_OfAModelWithinABudget_GivesTheSameReport()
    {
        Fitted fitted = TrainingTask.Get("regression").Fit(
            _context, _rows, change: options => (options.GroupCosts, options.MaximumCost) = (Of((0, 2), (5, 9)), 4.5));
        Fitted loaded = fitted.SaveAndLoad(_context, DataRow.View(_context, _rows).Schema);
        Assert.Equal(fitted.Report.ToString(), loaded.Report.ToString());
        Assert.Equal(fitted.Bits(_context, _rows), loaded.Bits(_context, _rows));
    }

    private static Dictionary<string, double> Of(params (int Slot, double Value)[] pairs) =>
        pairs.ToDictionary(pair => $"Slot {pair.Slot}", pair => pair.Value);
}
