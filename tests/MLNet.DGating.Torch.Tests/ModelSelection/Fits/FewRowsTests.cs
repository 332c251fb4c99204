using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

/// <summary>Fits of tables with many more columns than rows, with default settings.</summary>
public class FewRowsTests
{
    private const int Rows = 100, Columns = 1200;

    private static readonly int[] s_relevant = [3, 411, 999];
    private static readonly int[] s_training = [.. Enumerable.Range(0, Rows)];
    private static readonly int[] s_fresh = [.. Enumerable.Range(Rows, 300)];

    [Fact]
    public void Fit_OfTwoClasses_FindsMostOfWhatMattersAndBeatsTheNullModel() =>
        Check(Planted.LinearClasses(seed: 1, Rows + s_fresh.Length, Sizes, s_relevant), s_relevant, least: 2);

    [Fact]
    public void Fit_OfNumbers_FindsMostOfWhatMattersAndBeatsTheNullModel() =>
        Check(Planted.Linear(seed: 2, Rows + s_fresh.Length, Sizes, s_relevant), s_relevant, least: 3);

    [Fact]
    public void Fit_OfSeveralClasses_FindsWhatMattersAndBeatsTheNullModel() =>
        Check(Planted.Classes(seed: 3, Rows + s_fresh.Length, Columns), [0, 1, 2], least: 3);

    [Fact]
    public void Settings_FollowFromTheRowsToTrainOn()
    {
        TrainingSet data = Planted.Linear(seed: 4, rows: 100, [.. Enumerable.Repeat(1, 400)], [0]);
        Assert.Equal(16e-3, L2Of(data, null), 1e-9);
        Assert.Equal(64e-3, L2Of(data, 50), 1e-9);
        Assert.Equal(0.1, L2Of(data, 4), 1e-9);
        Assert.Equal(1e-3, L2Of(data with { TargetRows = data.EncodedBy([0, 1]) }, null), 1e-9);
    }

    private static int[] Sizes => [.. Enumerable.Repeat(1, Columns)];

    private static double L2Of(TrainingSet data, int? trainingRows)
    {
        var executor = new ThreadedExecutor(data, 1, RunContext.Silent);
        using var workflow = new FitWorkflow(data, TestRuns.Small, executor, RunContext.Silent, trainingRows);
        return workflow.Settings.Training.L2;
    }

    private static void Check(TrainingSet data, int[] relevant, int least)
    {
        FitSettings settings = new FitSettings { Seed = 1 }.At(5);
        FitResult fit = TestRuns.Fit(data.Take(s_training), settings);
        double loss = TestRuns.Evaluate(data, settings, fit, s_training, s_fresh).HeldOutLosses.Average();
        Assert.InRange(fit.Groups.Intersect(relevant).Count(), least, relevant.Length);
        Assert.InRange(loss, 0, 0.95 * RowEvaluation.OfNullModel(data, s_fresh));
    }
}
