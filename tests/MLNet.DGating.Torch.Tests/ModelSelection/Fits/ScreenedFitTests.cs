using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

/// <summary>Of 30 rows with 400 columns 300 enter the path, ten for each row.</summary>
public sealed class ScreenedFitTests
{
    private const int Rows = 30, Columns = 400, Entering = 300;

    private static readonly TrainingSet s_data = Planted.Linear(1, Rows, [.. Enumerable.Repeat(1, Columns)], [7, 311]);
    private static readonly FitSettings s_settings = TestRuns.Linear.With(training => training with { LambdaGrowth = 1.5 });
    private static readonly FitSettings s_unscreened = s_settings.With(training => training with { ScreenedFeatureCount = int.MaxValue });

    [Fact]
    public void APath_BeginsWithThoseThatEnter_AndRanksAllOthersBehindThem()
    {
        using FitWorkflow workflow = TestRuns.Workflow(s_data, s_settings);
        FollowedPath path = new PathFit(workflow, TestRuns.All(s_data), []).Run();
        Assert.Equal(Entering, path.Path.Points[0].Count);
        Assert.Equal(Enumerable.Range(0, Columns), path.Path.Ranking.Order());
        int[] left = [.. path.Path.Ranking.Skip(Entering)];
        Assert.All(left, group => Assert.Equal(0, path.Path.LambdaOut[group]));
        Assert.All(path.Path.Ranking.Take(Entering), group => Assert.True(path.Path.LambdaOut[group] > 0));
        int[] weakestFirst = MarginalScreening.Weakest(s_data, s_data.EncodedBy(TestRuns.All(s_data)), TestRuns.All(s_data), Entering);
        Assert.Equal(weakestFirst.Reverse(), left);
        Assert.Equal(Entering, path.Evaluation.Counts[0].Count);
        Assert.All([1, 20, Entering], count =>
            Assert.Equal(path.Path.Ranking.Take(count).Order(), path.At(workflow, [count])[0].Groups));
        Assert.Equal(Entering, path.At(workflow, [Columns])[0].Groups.Length);
    }

    [Fact]
    public void ACountAboveThoseThatEnter_IsKeptExactly()
    {
        Assert.Equal(350, TestRuns.Fit(s_data, s_settings.At(350)).Groups.Length);
        using FitWorkflow workflow = TestRuns.Workflow(s_data, s_settings.At(350));
        Assert.False(workflow.IsScreened);
        FollowedPath path = new PathFit(workflow, TestRuns.All(s_data), []).Run();
        Assert.Equal(Columns, path.Path.Points[0].Count);
        Assert.Equal(Columns, path.At(workflow, [Columns])[0].Groups.Length);
    }

    [Fact]
    public void HeldOutRows_HaveNoPartInIt()
    {
        int[] training = [.. Enumerable.Range(0, 20)], heldOut = [.. Enumerable.Range(20, 10)];
        TrainingSet shaken = s_data with { Targets = [.. s_data.Targets.Select((target, row) => row < 20 ? target : 100 - target)] };
        Assert.Equal(Path(s_data).LambdaOut, Path(shaken).LambdaOut);

        PathResult Path(TrainingSet data)
        {
            using FitWorkflow workflow = TestRuns.Workflow(data, s_settings);
            return TestRuns.Carry(data, workflow.Settings.Path(training, heldOut, noise: 0, StopRule.AtCount(5))).Path!;
        }
    }

    [Fact]
    public void AllEnter_WhereAskedFor_OrWhereNoCountIsAskedFor()
    {
        Assert.Equal(Columns, FirstCount(s_unscreened.At(5)));
        Assert.Equal(Columns, FirstCount(s_settings.AtLambda(0.01)));
        Assert.Equal(Entering, FirstCount(s_settings.At(5)));
        Assert.Equal(40, FirstCount(s_settings.At(5).With(training => training with { ScreenedFeatureCount = 40 })));

        static int FirstCount(FitSettings settings) => TestRuns.Fit(s_data, settings).Points[0].Count;
    }

    [Fact]
    public void AScreenedFit_HasTheSameBitsOnTwoThreads_AndInBatches_TheSameGroups()
    {
        FitResult fit = TestRuns.Fit(s_data, s_settings);
        Assert.Equal(TestRuns.Values(fit.State), TestRuns.Values(TestRuns.Fit(s_data, s_settings, TestRuns.OnThreads(2)).State));
        FitSettings given = s_settings.At(2);
        Assert.Equal(TestRuns.Fit(s_data, given).Groups, TestRuns.Fit(s_data, given, TestRuns.Batched).Groups);
    }
}
