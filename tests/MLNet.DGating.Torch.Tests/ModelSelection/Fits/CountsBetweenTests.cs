using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

/// <summary>Of 40 groups 12 are needed, and the nearest counts that are compared at first are 14 and 11.</summary>
public class CountsBetweenTests
{
    private static readonly int[] s_true = [.. Enumerable.Range(3, 12)];
    private static readonly TrainingSet s_few = Data(450), s_many = Data(1500);
    private static readonly FitSettings s_settings =
        TestRuns.Linear.With(training => training with { LambdaGrowth = 1.2, NumberOfRefitIterations = 30 });

    [Fact]
    public void TheGridHasNoSuchCount() => Assert.Equal([14, 11], CountGrid.Of(40).Where(count => count is > 10 and < 19));

    [Theory]
    [InlineData(5)]
    [InlineData(1)]
    public void AFit_KeepsTheGroupsThatAreNeeded_AndTheSameBitsOnTwoThreads(int folds)
    {
        TrainingSet data = folds > 1 ? s_few : s_many;
        FitResult fit = TestRuns.Fit(data, s_settings), other = TestRuns.Fit(data, s_settings, TestRuns.OnThreads(2));
        Assert.Equal(folds, fit.Choice!.Folds);
        Assert.Equal(s_true, fit.Groups);
        Assert.Equal(TestRuns.Values(fit.State), TestRuns.Values(other.State));
        Assert.Equal(fit.Choice, other.Choice);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1)]
    public void APath_EvaluatesThatCountToo_InTheOrderOfTheOthers(int folds)
    {
        using FitWorkflow workflow = TestRuns.Workflow(folds > 1 ? s_few : s_many, s_settings);
        FollowedPath path = new PathFit(workflow, TestRuns.All(workflow.Data), []).Run();
        Assert.Equal((folds, 12), (path.Evaluation.Folds, path.SparsestCount));
        int[] counts = [.. path.Evaluation.Counts.Select(evaluated => evaluated.Count)];
        Assert.Equal(counts.Distinct().OrderDescending(), counts);
        Assert.Contains(12, counts);
        Assert.Equal(s_true, path.At(workflow, [12])[0].Groups);
    }

    [Fact]
    public void CrossValidation_DoesTheSame()
    {
        using FitWorkflow workflow = TestRuns.Workflow(s_few, s_settings);
        int[][] folds = [.. Enumerable.Range(0, 3).Select(fold => TestRuns.All(s_few).Where(row => row % 3 == fold).ToArray())];
        Assert.Equal(12, PathFit.RunCrossValidated(workflow, folds).SparsestCount);
    }

    [Fact]
    public void GivenCounts_AreTheOnlyOnes()
    {
        FitResult fit = TestRuns.Fit(s_many, s_settings with { Stop = new StopRule.AtCounts([40, 14, 11]) });
        Assert.Equal(14, fit.Groups.Length);
    }

    private static TrainingSet Data(int rows) => Planted.Linear(2, rows, [.. Enumerable.Repeat(1, 40)], s_true);
}
