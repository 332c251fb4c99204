using System.Globalization;
using Microsoft.ML;

namespace MLNet.DGating.Tests.Results;

/// <summary>What the report of a fit says.</summary>
public class ReportTests
{
    private readonly MLContext _context = new(seed: 1);

    [Theory, AllTasks]
    public void Features_OfAFit_HaveImportanceAndLambdaByWhetherTheyAreSelected(string task)
    {
        FeatureSelectionReport report = Fit(task).Report;
        Assert.Equal(6, report.Features.Count);
        Assert.All(report.Features, gate =>
        {
            Assert.Equal(gate.IsSelected, gate.Importance > 0);
            Assert.Equal(gate.IsSelected, double.IsPositiveInfinity(gate.LambdaOut));
            Assert.Equal(gate.Index == 5, gate.LambdaOut == 0);
        });
        Assert.Equal([true, true, false, false, false, false], report.Support);
        Assert.Equal([5], report.ConstantIndices);
    }

    [Theory, AllTasks]
    public void Names_AreTheSlotNames_OrTheSlotNumbers(string task)
    {
        Assert.Equal(["Slot 0", "Slot 1"], Fit(task).Report.SelectedNames);
        Assert.Equal(["age", "Slot 1"], Fit(task, ["age", "", "height", "a", "b", "c"]).Report.SelectedNames);
    }

    [Theory, AllTasks]
    public void Names_ThatAreNotUnique_AreAllowed(string task)
    {
        Fitted fitted = Fit(task, ["same", "same", "same", "other", "other", "same"]);
        Assert.Equal(["same", "same"], fitted.Report.SelectedNames);
        Assert.Equal([0, 1], fitted.Selected);
        Fitted loaded = fitted.SaveAndLoad(_context, Data(null).Schema);
        Assert.Equal(fitted.Report.ToString(), loaded.Report.ToString());
    }

    [Theory, AllTasks]
    public void ToString_IsATableToRead(string task)
    {
        string[] lines = Fit(task, ["age", "weight", "height", "a", "b", "c"]).Report.ToString().Split(Environment.NewLine);
        Assert.Equal("2 of 6 features selected from 'Features'.", lines[0]);
        Assert.Equal(["Feature", "Slots", "Importance"], lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        string[] first = lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] second = lines[3].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["age", "weight"], ((string[])[first[0], second[0]]).Order());
        Assert.Equal("1", first[1]);
        Assert.InRange(float.Parse(second[2], CultureInfo.InvariantCulture), 0, float.Parse(first[2], CultureInfo.InvariantCulture));
        Assert.Equal("4 dropped, 1 of them because constant.", lines[4]);
        Assert.Matches(@"^Last to leave: \w+, \w+, \w+\.$", lines[5]);
        Assert.Equal(["a", "b", "height"], lines[5][15..^1].Split(", ").Order());
    }

    [Theory, AllTasks]
    public void FeatureWeights_AreTheImportance_AndZeroExactlyForWhatWasDropped(string task)
    {
        Fitted fitted = Fit(task);
        Assert.Equal(fitted.Report.BySlot.Select(gate => gate.Importance), fitted.FeatureWeights);
        Assert.Equal(fitted.Report.Support, fitted.FeatureWeights.Select(weight => weight != 0));
    }

    [Theory, AllTasks]
    public void Path_HasFallingCountsAndGrowingLambda(string task)
    {
        IReadOnlyList<DGatingPathPoint> path = Fit(task, count: 1).Path;
        Assert.Equal((0, 5), (path[0].Lambda, path[0].FeatureCount));
        Assert.True(path[^1].FeatureCount <= 1);
        Assert.All(path.Zip(path.Skip(1)), pair =>
        {
            Assert.True(pair.Second.FeatureCount < pair.First.FeatureCount);
            Assert.True(pair.Second.Lambda > pair.First.Lambda);
        });
        Assert.All(path, point => Assert.True(double.IsFinite(point.TrainingLoss) && point.TrainingLoss >= 0));
        // Of few rows of classes a given count is evaluated on rows that were held out.
        Assert.All(path, point => Assert.Equal(task == "regression", double.IsNaN(point.ValidationLoss)));
    }

    [Theory, AllTasks]
    public void LambdaOut_OfWhatLeft_IsAPointOfThePath(string task)
    {
        Fitted fitted = Fit(task);
        Assert.All(fitted.Report.Features.Where(gate => !gate.IsSelected && gate.LambdaOut > 0),
            gate => Assert.Contains(gate.LambdaOut, fitted.Path.Select(point => point.Lambda)));
    }

    [Theory, AllTasks]
    public void Fit_WithAConstantSlot_SaysSoAndNeverSelectsIt(string task)
    {
        var log = new MessageLog(_context);
        Fitted fitted = Fit(task, count: 6);
        Assert.Equal([0, 1, 2, 3, 4], fitted.Selected);
        Assert.Contains("1 of 6 feature slots have a single value on all training rows and are left out.", log.Information);
    }

    private Fitted Fit(string task, string[]? names = null, int count = 2) => TrainingTask.Get(task).Fit(_context, Data(names), count);

    // Slots 0 and 1 matter, 2 to 4 are noise, 5 is constant.
    private IDataView Data(string[]? names) =>
        DataRow.View(_context, [.. Planted.Linear(200, 5, 2, seed: 1).Select(row => row.With([.. row.Values, 7]))], names);
}
