using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.RegularizationPath;

public class PathRunTests
{
    private static readonly int[] s_sizes = [1, 3, 1, 1, 2, 1, 1, 4, 1, 1];
    private static readonly TrainingSet s_data = Planted.Linear(1, 200, s_sizes, [1, 5, 8]);

    [Fact]
    public void FollowToCounts_GivesExactlyTheCountsAskedFor_FromManyToFew() =>
        Gen.Select(Gen.Int[0, 10].HashSet[1, 5], Gen.Bool, Gen.OneOfConst(2.0, 2.5, 3, 4)).Sample((counts, linear, depth) =>
        {
            TrainingSettings settings = (linear ? Runs.Linear(new SquaredLoss()) : Runs.Settings(new SquaredLoss())) with { GateDepth = depth, LambdaGrowth = 1.2 };
            PathResult path = Runs.FollowToCounts(s_data, settings, [.. counts]);
            Assert.Equal(counts.OrderDescending(), path.Snapshots.Select(snapshot => snapshot.Groups.Length));
            Assert.All(path.Snapshots, snapshot =>
            {
                Assert.Equal(snapshot.Groups.Distinct().Order(), snapshot.Groups);
                Assert.Equal(snapshot.Groups.Sum(group => s_sizes[group]) * settings.Shape.GatedWidth, snapshot.State.Primary.Length);
                Assert.All(snapshot.State.Gates, gate => Assert.Equal(1, gate));
                Assert.True(snapshot.State.IsFinite());
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
                TrainingSettings settings = Runs.Linear(new SquaredLoss()) with { GateDepth = depth, LambdaGrowth = growth };
                PathResult path = Runs.FollowToCounts(s_data, settings, [.. Enumerable.Range(0, 11)]);
                Assert.Equal(11, path.Snapshots.Count);
                Assert.All(path.Snapshots, snapshot => Assert.Equal(path.Ranking.Take(snapshot.Groups.Length).Order(), snapshot.Groups));
            }
        }
    }

    [Fact]
    public void FollowToCounts_BeyondTheGroupsThereAre_GivesThemAll()
    {
        PathResult path = Runs.FollowToCounts(s_data, Runs.Linear(new SquaredLoss()), [25, 10]);
        Assert.All(path.Snapshots, snapshot => Assert.Equal(Enumerable.Range(0, 10), snapshot.Groups));
        Assert.Equal(2, path.Snapshots.Count);
    }

    [Fact]
    public void Points_HaveFallingCountsAndGrowingLambda_AndGroupsLeaveAtTheirLambda()
    {
        PathResult path = Runs.FollowToCounts(s_data, Runs.Settings(new SquaredLoss()), [1], heldOut: [3, 14, 15, 92, 65]);
        Assert.Equal((0.0, 10), (path.Points[0].Lambda, path.Points[0].Count));
        for (int i = 1; i < path.Points.Count; i++)
        {
            Assert.True(path.Points[i].Count < path.Points[i - 1].Count);
            Assert.True(path.Points[i].Lambda > path.Points[i - 1].Lambda);
            Assert.Equal(path.Points[i - 1].Count - path.Points[i].Count, path.LambdaOut.Count(lambda => lambda == path.Points[i].Lambda));
        }

        Assert.All(path.Points, point => Assert.True(double.IsFinite(point.TrainingLoss) && double.IsFinite(point.HeldOutLoss)));
        Assert.Equal(path.Points[^1].Count, path.LambdaOut.Count(double.IsPositiveInfinity));
    }

    [Fact]
    public void FollowToLambda_OfZero_KeepsEverything()
    {
        PathResult path = Runs.FollowToLambda(s_data, Runs.Settings(new SquaredLoss()), 0);
        Assert.Equal(Enumerable.Range(0, 10), path.Snapshots.Single().Groups);
        Assert.All(path.LambdaOut, lambda => Assert.Equal(double.PositiveInfinity, lambda));
    }

    [Fact]
    public void FollowToLambda_KeepsFewerGroupsAtALargerLambda()
    {
        int[] counts = [.. new[] { 0.003, 0.1, 0.5, 2 }.Select(lambda =>
            Runs.FollowToLambda(s_data, Runs.Linear(new SquaredLoss()) with { HoldIterations = 40 }, lambda).Snapshots.Single().Groups.Length)];
        Assert.Equal(counts.OrderDescending(), counts);
        Assert.True(counts[0] > counts[^1]);
    }

    [Fact]
    public void FollowToLambda_OfAHugeOne_LeavesNothing_AndTheRefitIsTheConstantModel()
    {
        TrainingSettings settings = Runs.Settings(new SquaredLoss()) with { LambdaGrowth = 1.5 };
        PathResult path = Runs.FollowToLambda(s_data, settings, 1e6);
        PathSnapshot nothing = path.Snapshots.Single();
        Assert.Empty(nothing.Groups);
        Assert.All(path.LambdaOut, lambda => Assert.True(double.IsFinite(lambda)));

        RefitResult refit = Runs.Refit(s_data, settings, nothing, heldOut: [0, 1]);
        float mean = s_data.Targets.Average();
        Assert.Equal(mean, refit.State.GatedBias.Single(), 1e-5f);
        Assert.Empty(refit.State.Primary);
        Assert.Equal(0.5 * (s_data.Targets[1] - mean) * (s_data.Targets[1] - mean), refit.HeldOutLosses[1], 1e-4);
    }

    [Fact]
    public void Progress_CountsIterationsWithinEachPhase()
    {
        var seen = new List<DGatingProgress>();
        Runs.FollowToCounts(s_data, Runs.Settings(new SquaredLoss()), [2], RunContext.Silent with { Progress = seen.Add });
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
