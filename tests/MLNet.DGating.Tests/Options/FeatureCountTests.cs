using Microsoft.ML;

namespace MLNet.DGating.Tests.Options;

/// <summary>How many groups are kept.</summary>
public class FeatureCountTests
{
    private readonly MLContext _context = new(seed: 1);

    [Theory, AllTasks(1, 2, 5, 9, 10)]
    public void Fit_WithACount_KeepsExactlySoMany(string task, int count) =>
        Assert.Equal(count, TrainingTask.Get(task).Fit(_context, Planted.Linear(100, 10, 3, seed: 4), count).Selected.Length);

    [Theory, AllTasks(11, int.MaxValue)]
    public void Fit_WithACountAboveAll_KeepsAll(string task, int count) =>
        Assert.Equal(Enumerable.Range(0, 10), TrainingTask.Get(task).Fit(_context, Planted.Linear(100, 10, 3, seed: 4), count).Selected);

    [Theory, AllTasks]
    public void Fit_WithACount_CountsGroupsNotSlots(string task)
    {
        DataRow[] rows = Planted.Linear(100, 10, 3, seed: 4);
        var groups = FeatureGroups.OfSlots([0, 1, 2, 3], [4, 5], [6, 7]);
        Fitted fitted = TrainingTask.Get(task).Fit(_context, rows, 3, options => options.Groups = groups);
        Assert.Equal(3, fitted.Report.Features.Count(gate => gate.IsSelected));
        Assert.All(
            fitted.Report.Features, gate => Assert.All(gate.Slots, slot => Assert.Equal(gate.IsSelected, fitted.Report.Support[slot])));
    }

    [Theory, AllTasks]
    public void Fit_WithLambdaZero_KeepsAll(string task) =>
        Assert.Equal(Enumerable.Range(0, 10), SelectedAt(task, 0, Planted.Linear(100, 10, 3, seed: 4)));

    [Theory, AllTasks]
    public void Fit_WithALargerLambda_KeepsFewer(string task)
    {
        DataRow[] rows = Planted.Linear(200, 10, 3, seed: 4);
        int[] kept = [.. ((double[])[0, 0.02, 0.06, 100]).Select(lambda => SelectedAt(task, lambda, rows).Length)];
        Assert.Equal(kept.OrderDescending(), kept);
        Assert.Equal(10, kept[0]);
        Assert.Equal(0, kept[^1]);
        Assert.True(kept.Distinct().Count() >= 3, string.Join(' ', kept));
    }

    private int[] SelectedAt(string task, double lambda, DataRow[] rows) =>
        TrainingTask.Get(task).Fit(_context, rows, change: options => options.Lambda = lambda).Selected;
}
