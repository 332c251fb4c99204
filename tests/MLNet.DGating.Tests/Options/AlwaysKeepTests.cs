using CsCheck;
using Microsoft.ML;

namespace MLNet.DGating.Tests.Options;

/// <summary>Features that must stay.</summary>
public class AlwaysKeepTests
{
    private const int Slots = 8;

    private static readonly Gen<string> s_task = Gen.OneOfConst("binary", "multiclass", "regression");

    private readonly MLContext _context = new(seed: 1);
    private readonly DataRow[] _rows = Planted.Linear(200, Slots, 3, seed: 4);

    [Fact]
    public void Fit_KeepsThem_WhateverTheCount_AndTheyCount() =>
        Gen.Select(s_task, Gen.Int[0, Slots - 1].HashSet[1, 4], Gen.Int[0, 4], Gen.Int[0, 1000])
            .Sample((task, kept, more, seed) =>
            {
                Fitted fitted = TrainingTask.Get(task).Fit(
                    _context, _rows, kept.Count + more, options => (options.AlwaysKeep, options.Seed) = (Names(kept), seed));
                Assert.Equal(kept.Count + more, fitted.Selected.Length);
                Assert.Superset(kept, fitted.Selected.ToHashSet());
            }, iter: 15, threads: 1);

    [Theory, AllTasks]
    public void Fit_FindsTheOthersAsWell(string task)
    {
        // Slots 0 to 2 matter, 6 and 7 are noise.
        Fitted fitted = TrainingTask.Get(task).Fit(_context, _rows, 5, options => options.AlwaysKeep = ["Slot 7", "Slot 6"]);
        Assert.Equal([0, 1, 2, 6, 7], fitted.Selected);
        Assert.InRange(TrainingTask.Get(task).QualityOn(_context, fitted, _rows), 0.8, 1);
    }

    [Theory, AllTasks]
    public void Fit_WithTheCountOpen_OrALambda_KeepsThem(string task)
    {
        Fitted open = TrainingTask.Get(task).Fit(_context, _rows, change: options => options.AlwaysKeep = ["Slot 7"]);
        Assert.Contains(7, open.Selected);
        Fitted atLambda = TrainingTask.Get(task).Fit(
            _context, _rows, change: options => (options.AlwaysKeep, options.Lambda) = (["Slot 7", "Slot 6"], 1000));
        Assert.Equal([6, 7], atLambda.Selected);
    }

    [Fact]
    public void Fit_OfACategory_KeepsItWhole()
    {
        IDataView data = DataRow.View(_context, _rows, ["a", "b", "c", "d", "Kind.x", "Kind.y", "Kind.z", "e"], [4, 6]);
        Fitted fitted = TrainingTask.Get("regression").Fit(_context, data, 2, options => options.AlwaysKeep = ["Kind"]);
        Assert.Equal(4, fitted.Selected.Length);
        Assert.Superset(new HashSet<int> { 4, 5, 6 }, fitted.Selected.ToHashSet());
    }

    [Theory, AllTasks]
    public void Fit_WithAConstantOne_WarnsAndGoesOnWithoutIt(string task)
    {
        var log = new MessageLog(_context);
        DataRow[] rows = [.. _rows.Select(row => row.With([.. row.Values[..7], 3]))];
        Fitted fitted = TrainingTask.Get(task).Fit(_context, rows, 2, options => options.AlwaysKeep = ["Slot 7", "Slot 6"]);
        Assert.Equal(2, fitted.Selected.Length);
        Assert.Contains(6, fitted.Selected);
        Assert.DoesNotContain(7, fitted.Selected);
        Assert.Equal(
            "AlwaysKeep: 'Slot 7' cannot be kept, having a single value on all training rows.",
            log.Warnings.Single(warning => warning.StartsWith("AlwaysKeep", StringComparison.Ordinal)));
    }

    [Fact]
    public void Fit_WhereOnlyTheKeptVary_KeepsThem()
    {
        DataRow[] rows = [.. _rows.Select(row => row.With([row.Values[0], row.Values[1], 3, 3]))];
        Fitted fitted = TrainingTask.Get("regression").Fit(_context, rows, change: options => options.AlwaysKeep = ["Slot 0", "Slot 1"]);
        Assert.Equal([0, 1], fitted.Selected);
    }

    [Fact]
    public void FitPath_EndsAtThem_AndRanksThemFirst()
    {
        var options = (DGatingRegressionTrainer.Options)TrainingTask.Get("regression").Quick();
        options.AlwaysKeep = ["Slot 7", "Slot 6"];
        RegressionPath path = _context.Regression.Trainers.DGating(options).FitPath(DataRow.View(_context, _rows));
        Assert.Equal((Slots, 2), (path.Points[0].FeatureCount, path.Points[^1].FeatureCount));
        Assert.Equal((Slots, 2), (path.Candidates[0].FeatureCount, path.Candidates[^1].FeatureCount));
        Assert.Equal([6, 7], path.Ranking.Take(2).Select(feature => feature.Index).Order());
        Assert.All(path.Ranking, feature => Assert.Equal(feature.Index >= 6, double.IsPositiveInfinity(feature.LambdaOut)));
        Assert.Equal([0, 1, 2, 6, 7], path.At(5).Model.FeatureSelection.SelectedIndices);
        Assert.Equal([6, 7], path.At(1).Model.FeatureSelection.SelectedIndices);
        Assert.Equal([6, 7], path.SelectionAt(0).Select(feature => feature.Index).Order());
        Assert.Equal([6, 7], path.AtLambda(1e6).Model.FeatureSelection.SelectedIndices);
    }

    private static string[] Names(IEnumerable<int> slots) => [.. slots.Select(slot => $"Slot {slot}")];
}
