using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.RegularizationPath;

public class PathRunTests
{
    private static readonly int[] s_sizes = [1, 3, 1, 1, 2, 1, 1, 4, 1, 1];
    private static readonly TrainingSet s_data = Planted.Linear(1, 200, s_sizes, [1, 5, 8]);

    [Fact]
    public void ToCounts_GivesExactlyTheCountsAskedFor_FromManyToFew() =>
        Gen.Select(Gen.Int[0, 10].HashSet[1, 5], Gen.Bool, Gen.OneOfConst(2.0, 2.5, 3, 4)).Sample((counts, linear, depth) =>
        {
            FitSettings settings =
                (linear ? TestRuns.Linear : TestRuns.Small).With(training => training with { GateDepth = depth, LambdaGrowth = 1.2 });
            PathResult path = TestRuns.FollowToCounts(s_data, settings, [.. counts]);
            int width = settings.Training.ShapeFor(s_data.Task).GatedWidth;
            Assert.Equal(counts.OrderDescending(), path.Snapshots.Select(snapshot => snapshot.Groups.Length));
            Assert.All(path.Snapshots, snapshot =>
            {
                Assert.Equal(snapshot.Groups.Distinct().Order(), snapshot.Groups);
                Assert.Equal(snapshot.Groups.Sum(group => s_sizes[group]) * width, snapshot.State.Primary.Length);
                Assert.All(snapshot.State.Gates, gate => Assert.Equal(1, gate));
                Assert.All(TestRuns.Values(snapshot.State), value => Assert.True(float.IsFinite(value)));
            });
            for (int i = 1; i < path.Snapshots.Count; i++)
            {
                Assert.Subset(path.Snapshots[i - 1].Groups.ToHashSet(), path.Snapshots[i].Groups.ToHashSet());
            }
        }, iter: 12);

    [Fact]
    public void TheSelectionAtAnyCount_IsSoManyFromTheFrontOfTheRanking()
    {
        foreach (double growth in (double[])[1.1, 1.2, 1.5, 2])
        {
            foreach (double depth in (double[])[2, 3, 4])
            {
                FitSettings settings = TestRuns.Linear.With(training => training with { GateDepth = depth, LambdaGrowth = growth });
                PathResult path = TestRuns.FollowToCounts(s_data, settings, [.. Enumerable.Range(0, 11)]);
                Assert.Equal(11, path.Snapshots.Count);
                Assert.All(path.Snapshots, snapshot => Assert.Equal(path.Ranking.Take(snapshot.Groups.Length).Order(), snapshot.Groups));
            }
        }
    }

    [Fact]
    public void ToCounts_BeyondTheGroupsThereAre_GivesThemAll()
    {
        PathResult path = TestRuns.FollowToCounts(s_data, TestRuns.Linear, [25, 10]);
        Assert.All(path.Snapshots, snapshot => Assert.Equal(Enumerable.Range(0, 10), snapshot.Groups));
        Assert.Equal(2, path.Snapshots.Count);
    }

    [Fact]
    public void Points_HaveFallingCountsAndGrowingLambda_AndGroupsLeaveAtTheirLambda()
    {
        PathResult path = TestRuns.FollowToCounts(s_data, TestRuns.Small, [1], heldOut: [3, 14, 15, 92, 65]);
        Assert.Equal((0.0, 10), (path.Points[0].Lambda, path.Points[0].Count));
        for (int i = 1; i < path.Points.Count; i++)
        {
            Assert.True(path.Points[i].Count < path.Points[i - 1].Count);
            Assert.True(path.Points[i].Lambda > path.Points[i - 1].Lambda);
            int left = path.LambdaOut.Count(lambda => lambda == path.Points[i].Lambda);
            Assert.Equal(path.Points[i - 1].Count - path.Points[i].Count, left);
        }

        Assert.All(path.Points, point => Assert.True(double.IsFinite(point.TrainingLoss) && double.IsFinite(point.HeldOutLoss)));
        Assert.Equal(path.Points[^1].Count, path.LambdaOut.Count(double.IsPositiveInfinity));
    }

    [Fact]
    public void ToALambdaOfZero_KeepsEverything()
    {
        PathResult path = TestRuns.FollowToLambda(s_data, TestRuns.Small, 0);
        Assert.Equal(Enumerable.Range(0, 10), path.Snapshots.Single().Groups);
        Assert.All(path.LambdaOut, lambda => Assert.Equal(double.PositiveInfinity, lambda));
    }

    [Fact]
    public void ToALargerLambda_KeepsFewerGroups()
    {
        FitSettings settings = TestRuns.Linear.With(training => training with { NumberOfHoldIterations = 40 });
        int[] counts = [.. ((double[])[0.003, 0.1, 0.5, 2])
            .Select(lambda => TestRuns.FollowToLambda(s_data, settings, lambda).Snapshots.Single().Groups.Length)];
        Assert.Equal(counts.OrderDescending(), counts);
        Assert.True(counts[0] > counts[^1]);
    }

    [Fact]
    public void ToAHugeLambda_LeavesNothing_AndTheRefitIsTheNullModel()
    {
        FitSettings settings = TestRuns.Small.With(training => training with { LambdaGrowth = 1.5 });
        PathResult path = TestRuns.FollowToLambda(s_data, settings, 1e6);
        PathSnapshot nothing = path.Snapshots.Single();
        Assert.Empty(nothing.Groups);
        Assert.All(path.LambdaOut, lambda => Assert.True(double.IsFinite(lambda)));

        RefitResult refit = TestRuns.Refit(s_data, settings, nothing, heldOut: [0, 1]);
        float mean = s_data.Targets.Average();
        Assert.Equal(mean, refit.State.GatedBias.Single(), 1e-5f);
        Assert.Empty(refit.State.Primary);
        Assert.Equal(0.5 * (s_data.Targets[1] - mean) * (s_data.Targets[1] - mean), refit.HeldOutLosses[1], 1e-4);
    }

    [Fact]
    public void AnOpenCount_IsNotForASingleRun() =>
        Assert.Throws<ArgumentException>(() => TestRuns.Follow(s_data, TestRuns.Linear, StopRule.Open));

    [Fact]
    public void Progress_CountsIterationsWithinEachPhase()
    {
        var seen = new List<DGatingProgress>();
        TestRuns.FollowToCounts(s_data, TestRuns.Small, [2], RunContext.Silent with { Progress = seen.Add });
        Assert.Equal(5, seen.Count(progress => progress.Phase == DGatingPhase.Dense));
        foreach (IGrouping<DGatingPhase, DGatingProgress> phase in seen.GroupBy(progress => progress.Phase))
        {
            Assert.Equal(Enumerable.Range(1, phase.Count()), phase.Select(progress => progress.Iteration));
            Assert.Equal(phase.OrderBy(progress => progress.Lambda), phase);
        }

        Assert.Equal([DGatingPhase.Dense, DGatingPhase.Path], seen.Select(progress => progress.Phase).Distinct());
        Assert.True(seen[^1].FeatureCount <= 2);
    }
}
