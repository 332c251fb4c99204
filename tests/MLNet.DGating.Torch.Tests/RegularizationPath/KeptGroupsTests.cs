using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective;
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
            FitSettings settings = (linear ? TestRuns.Linear : TestRuns.Small)
                .With(training => training with { GateDepth = depth, LambdaGrowth = 1.3 }) with { Seed = seed };
            PathResult path = TestRuns.FollowToCounts(Keeping(kept), settings, [.. Enumerable.Range(0, 11)]);
            Assert.Equal(
                Enumerable.Range(kept.Count, 11 - kept.Count).Reverse(), path.Snapshots.Select(snapshot => snapshot.Groups.Length));
            Assert.All(path.Snapshots, snapshot =>
            {
                Assert.Superset(kept, snapshot.Groups.ToHashSet());
                Assert.Equal(path.Ranking.Take(snapshot.Groups.Length).Order(), snapshot.Groups);
            });
            Assert.Equal(kept.Order(), path.Ranking.Take(kept.Count).Order());
            Assert.Equal(kept.Count, path.Points[^1].Count);
            Assert.All(Enumerable.Range(0, 10), group =>
                Assert.Equal(kept.Contains(group), double.IsPositiveInfinity(path.LambdaOut[group])));
        }, iter: 12);

    [Fact]
    public void AtAnyLambda_TheyAreLeft()
    {
        PathResult path =
            TestRuns.FollowToLambda(Keeping([0, 7]), TestRuns.Small.With(training => training with { LambdaGrowth = 1.5 }), 1e6);
        Assert.Equal([0, 7], path.Snapshots.Single().Groups);
        Assert.Equal(2, path.Points[^1].Count);
    }

    [Fact]
    public void WhereAllStay_ThereIsNoPath()
    {
        TrainingSet data = Keeping(Enumerable.Range(0, 10));
        foreach (StopRule stop in (StopRule[])[StopRule.AtCount(0), new StopRule.AtLambda(1)])
        {
            PathResult path = TestRuns.Follow(data, TestRuns.Linear, stop);
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
            PathResult path = TestRuns.FollowToCounts(Keeping([0, 7]), TestRuns.Linear with { Seed = seed }, [5]);
            Assert.Equal([0, 1, 5, 7, 8], path.Snapshots.Single().Groups);
        }
    }

    [Fact]
    public void TheAutomaticCount_HasThemToo()
    {
        FitSettings settings = TestRuns.Small.With(training => training with { LambdaGrowth = 1.3 });
        Assert.Superset(new HashSet<int> { 0, 1, 5, 7, 8 }, TestRuns.Fit(Keeping([0, 7]), settings).Groups.ToHashSet());
        Assert.Equal([0, 7], TestRuns.Fit(Keeping([0, 7]), settings.At(2)).Groups);
    }

    [Fact]
    public void AWholePath_EndsAtThem()
    {
        TrainingSet data = Keeping([0, 7]);
        FitSettings settings = TestRuns.Small.With(training => training with { LambdaGrowth = 1.3, NumberOfRefitIterations = 2 });
        using FitWorkflow workflow = TestRuns.Workflow(data, settings);
        FollowedPath path = new PathFit(workflow, TestRuns.All(data), []).Run();
        Assert.Equal(2, path.Evaluation.Counts[^1].Count);
        FitResult[] fits = path.At(workflow, [2, 1, 99]);
        Assert.Equal([0, 7], fits[0].Groups);
        Assert.Equal([0, 7], fits[1].Groups);
        Assert.Equal(10, fits[2].Groups.Length);
    }

    private static TrainingSet Keeping(IEnumerable<int> kept) =>
        s_data with { Groups = GroupLayout.Create(s_sizes, GroupTermsOf.Keeping(10, kept)) };
}
