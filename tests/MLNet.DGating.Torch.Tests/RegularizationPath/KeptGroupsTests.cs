using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.RegularizationPath;

/// <summary>Groups that always stay, whether they matter or not.</summary>
public class KeptGroupsTests
{
    private static readonly int[] s_sizes = [1, 3, 1, 1, 2, 1, 1, 4, 1, 1];
    private static readonly TrainingSet s_data = Planted.Linear(1, 200, s_sizes, [1, 5, 8]);

    [Fact]
    public void KeptGroups_AreInTheSelectionAtEveryCount_AndRankFirst() =>
        Gen.Select(Gen.Int[0, 9].HashSet[1, 9], Gen.OneOfConst(2.0, 3, 4), Gen.Int[1, 1000], Gen.Bool).Sample((kept, depth, seed, linear) =>
        {
            TrainingSettings settings = (linear ? Runs.Linear(new SquaredLoss()) : Runs.Settings(new SquaredLoss())) with { GateDepth = depth, Seed = seed, LambdaGrowth = 1.3 };
            PathResult path = Runs.FollowToCounts(Keeping(kept), settings, [.. Enumerable.Range(0, 11)]);
            Assert.Equal(Enumerable.Range(kept.Count, 11 - kept.Count).Reverse(), path.Snapshots.Select(snapshot => snapshot.Groups.Length));
            Assert.All(path.Snapshots, snapshot =>
            {
                Assert.Superset(kept, snapshot.Groups.ToHashSet());
                Assert.Equal(path.Ranking.Take(snapshot.Groups.Length).Order(), snapshot.Groups);
            });
            Assert.Equal(kept.Order(), path.Ranking.Take(kept.Count).Order());
            Assert.Equal(kept.Count, path.Points[^1].Count);
            Assert.All(Enumerable.Range(0, 10), group => Assert.Equal(kept.Contains(group), double.IsPositiveInfinity(path.LambdaOut[group])));
        }, iter: 12);

    [Fact]
    public void AtAnyLambda_TheyAreLeft()
    {
        PathResult path = Runs.FollowToLambda(Keeping([0, 7]), Runs.Settings(new SquaredLoss()) with { LambdaGrowth = 1.5 }, 1e6);
        Assert.Equal([0, 7], path.Snapshots.Single().Groups);
        Assert.Equal(2, path.Points[^1].Count);
    }

    [Fact]
    public void WhereAllStay_ThereIsNoPath()
    {
        TrainingSet data = Keeping(Enumerable.Range(0, 10));
        foreach (PathResult path in (PathResult[])[Runs.FollowToCounts(data, Runs.Linear(new SquaredLoss()), [0]), Runs.FollowToLambda(data, Runs.Linear(new SquaredLoss()), 1)])
        {
            Assert.Equal(10, path.Snapshots.Single().Groups.Length);
            Assert.Single(path.Points);
        }
    }

    [Fact]
    public void TheOthers_AreFoundAsWithoutThem()
    {
        foreach (int seed in (int[])[1, 2, 3])
        {
            // Two that are noise stay; the three that matter are found all the same.
            TrainingSettings settings = Runs.Linear(new SquaredLoss()) with { Seed = seed };
            Assert.Equal([0, 1, 5, 7, 8], Runs.FollowToCounts(Keeping([0, 7]), settings, [5]).Snapshots.Single().Groups);
        }
    }

    [Fact]
    public void TheAutomaticCount_HasThemToo()
    {
        FitResult fit = Runs.Fit(Keeping([0, 7]), Runs.Settings(new SquaredLoss()) with { LambdaGrowth = 1.3 });
        Assert.Superset(new HashSet<int> { 0, 1, 5, 7, 8 }, fit.Groups.ToHashSet());
        Assert.Equal([0, 7], Runs.Fit(Keeping([0, 7]), Runs.Settings(new SquaredLoss()) with { LambdaGrowth = 1.3, Count = 2 }).Groups);
    }

    [Fact]
    public void PathFit_EndsAtThem()
    {
        TrainingSet data = Keeping([0, 7]);
        PathFit path = PathFit.Run(data, Runs.All(data), [], Runs.Settings(new SquaredLoss()) with { LambdaGrowth = 1.3, RefitIterations = 2 }, RunContext.Silent);
        Assert.Equal(2, path.CountEvaluation.Counts[^1].Count);
        Assert.Equal([0, 7], path.At([2], RunContext.Silent)[0].Groups);
        Assert.Equal([0, 7], path.At([1], RunContext.Silent)[0].Groups);
        Assert.Equal(10, path.At([99], RunContext.Silent)[0].Groups.Length);
    }

    private static TrainingSet Keeping(IEnumerable<int> kept) => s_data with { Groups = GroupLayout.Create(s_sizes, GroupTermsOf.Keeping(10, kept)) };
}
