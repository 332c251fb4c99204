using Microsoft.ML;

namespace MLNet.DGating.Tests.Sessions;

/// <summary>What a user sees of a fit while it runs.</summary>
public class ProgressTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly DataRow[] _rows = Planted.Linear(100, 6, 2, seed: 1);

    [Theory, AllTasks]
    public void Progress_WithACount_GoesThroughDensePathAndRefit(string task)
    {
        // Of few rows of classes a given count is tried on a part of them before.
        DGatingProgress[] all = [.. Watch(task, 2, _ => { }).SkipWhile(one => one.Phase == DGatingPhase.Choosing)];
        Assert.Equal([DGatingPhase.Dense, DGatingPhase.Path, DGatingPhase.Refit], Phases(all));
        Assert.Equal(Enumerable.Range(1, 5), Of(all, DGatingPhase.Dense).Select(one => one.Iteration));
        int[] refit = [.. Of(all, DGatingPhase.Refit).Select(one => one.Iteration)];
        Assert.Equal(Enumerable.Range(1, refit.Length), refit);
        Assert.InRange(refit.Length, task == "regression" ? 10 : 1, 10);
        DGatingProgress[] path = Of(all, DGatingPhase.Path);
        Assert.Equal(Enumerable.Range(1, path.Length), path.Select(one => one.Iteration));
        Assert.All(path.Zip(path.Skip(1)), pair =>
        {
            Assert.True(pair.Second.Lambda > pair.First.Lambda);
            Assert.InRange(pair.Second.FeatureCount, 0, pair.First.FeatureCount);
        });
        Assert.All(Of(all, DGatingPhase.Dense), one => Assert.Equal((0, 6), (one.Lambda, one.FeatureCount)));
        Assert.All(Of(all, DGatingPhase.Refit), one => Assert.Equal((0, 2), (one.Lambda, one.FeatureCount)));
        Assert.All(all, one => Assert.True(double.IsFinite(one.TrainingLoss)));
        Assert.True(Of(all, DGatingPhase.Refit)[^1].TrainingLoss < all[0].TrainingLoss);
    }

    [Theory, AllTasks]
    public void Progress_WithChoicesToMake_BeginsWithThem(string task)
    {
        DGatingProgress[] all = Watch(task, null, options => (options.InputNoise, options.NumberOfThreads) = (null, 1));
        Assert.Equal([DGatingPhase.Choosing, DGatingPhase.Dense, DGatingPhase.Path, DGatingPhase.Refit], Phases(all));
    }

    [Theory, AllTasks]
    public void Progress_WithValidationRowsAndChoicesToMake_IsAllChoosing(string task)
    {
        var seen = new Recorder();
        IEstimator<ITransformer> trainer = TrainingTask.Get(task).Trainer(_context, change: options => options.Progress = seen);
        IDataView validation = DataRow.View(_context, Planted.Linear(50, 6, 2, seed: 2));
        TrainingTask.Get(task).FitWithValidation(trainer, DataRow.View(_context, _rows), validation);
        Assert.Equal([DGatingPhase.Choosing], Phases([.. seen.All]));
    }

    [Theory, AllTasks]
    public void Progress_ThatThrows_StopsTheFitWithItsError(string task)
    {
        var failing = new Recorder { Then = _ => throw new InvalidTimeZoneException("mine") };
        InvalidTimeZoneException error = Assert.Throws<InvalidTimeZoneException>(() =>
            TrainingTask.Get(task).Fit(_context, _rows, 2, options => options.Progress = failing));
        Assert.Equal("mine", error.Message);
    }

    [Theory, AllTasks]
    public void TheFraction_NeverFalls_IsSpreadOverTheFit_AndIs1AtTheEnd(string task)
    {
        DGatingProgress[] all = Watch(task, null, _ => { });
        Assert.All(all.Zip(all.Skip(1)), pair => Assert.True(pair.First.Fraction <= pair.Second.Fraction));
        Assert.Equal(1, all[^1].Fraction);
        Assert.Equal(TimeSpan.Zero, all[^1].TimeLeft);
        // No more than half of the iterations are reported at what looks like a standstill.
        Assert.InRange(all.Select(one => Math.Floor(50 * one.Fraction)).Distinct().Count(), 15, 51);
        Assert.All(all.Where(one => one.Fraction > 0.02), one => Assert.NotNull(one.TimeLeft));
    }

    [Theory, AllTasks]
    public void Log_TellsHowManyFeaturesWereSelected(string task)
    {
        var log = new MessageLog(_context);
        TrainingTask.Get(task).Fit(_context, _rows, 2);
        Assert.Contains("Selected 2 of 6 feature groups; input noise 0, gate depth 3.", log.Information);
    }

    [Theory, AllTasks]
    public void Log_TellsWhatIsChosenAmongWhatAndOnHowManyRows(string task)
    {
        var log = new MessageLog(_context);
        TrainingTask.Get(task).Fit(_context, _rows);
        Assert.Contains("Choosing on 20 held-out rows: input noise among 0; feature count among 6, 5, 4, 3, 2, 1.", log.Information);
        Assert.Contains(log.Information, message => message.StartsWith("Chosen: input noise 0, ", StringComparison.Ordinal));
    }

    private DGatingProgress[] Watch(string task, int? count, Action<DGatingTrainerOptions> change)
    {
        var seen = new Recorder();
        TrainingTask.Get(task).Fit(_context, _rows, count, options =>
        {
            options.Progress = seen;
            change(options);
        });
        return [.. seen.All];
    }

    // Without the report that the fit has ended.
    private static DGatingProgress[] Of(DGatingProgress[] all, DGatingPhase phase) =>
        [.. all.SkipLast(1).Where(one => one.Phase == phase)];

    // Without repetitions in a row.
    private static DGatingPhase[] Phases(DGatingProgress[] all) =>
        [.. all.Select(one => one.Phase).Where((phase, i) => i == 0 || phase != all[i - 1].Phase)];
}
