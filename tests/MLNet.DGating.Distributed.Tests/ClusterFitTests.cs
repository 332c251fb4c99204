using MLNet.DGating.Distributed.Collectives;
using MLNet.DGating.Distributed.Probe;
using MLNet.DGating.Distributed.Tests.Support;

namespace MLNet.DGating.Distributed.Tests;

/// <summary>Fits of the trainers over ranks that are threads of this process.</summary>
public class ClusterFitTests
{
    public static TheoryData<string> Fits => [.. Planted.Fits];

    [Theory, MemberData(nameof(Fits))]
    public void AFit_HasTheBitsOfASingleProcess_OnEveryRank(string fit)
    {
        string alone = Planted.Fit(fit, cluster: null);
        Assert.All((int[])[1, 2, 3], size => Assert.All(
            OnRanks(size, cluster => Planted.Fit(fit, cluster, threads: 1 + cluster.Rank % 2)), result => Assert.Equal(alone, result)));
    }

    [Fact]
    public void RanksWithOtherOptions_AreRefusedAtTheStart_OnEveryRank() =>
        AssertRefused(cluster => Planted.Fit("stability", cluster, seed: 1 + cluster.Rank / 2), "Rank 2 of 3 has another seed than rank 0");

    [Fact]
    public void RanksWithOtherRows_AreRefusedAtTheStart_OnEveryRank() => AssertRefused(
        cluster => Planted.Fit("stability", cluster, dataSeed: 1 + cluster.Rank / 2), "Rank 2 of 3 has read other rows than rank 0");

    [Fact]
    public void RanksThatAskForOtherFits_AreRefused() =>
        AssertRefused(cluster => Planted.Fit(cluster.Rank == 2 ? "folds" : "knockoffs", cluster), "Rank 2 of 3 carries out other runs");

    [Fact]
    public void ARankThatEndsEarly_EndsTheFitOfTheOthers() => AssertRefused(
        cluster => cluster.Rank == 2 ? throw new InvalidOperationException("Rank 2 of 3: its own reason.") : Planted.Fit("fit", cluster),
        "Rank 2 of 3");

    [Fact]
    public void Progress_IsReportedOnRankZeroAlone_AndReachesItsEnd()
    {
        double[] fractions = OnRanks(2, cluster => Planted.FractionOfProgress(cluster));
        Assert.Equal([1, 0], fractions);
    }

    [Fact]
    public void WhatTheUserOfRankZeroStops_IsTheSameBeginningOnAllRanks()
    {
        string[] paths = OnRanks(2, Planted.StoppedPath);
        Assert.Equal(paths[0], paths[1]);
        Assert.DoesNotContain("complete: True", paths[0], StringComparison.Ordinal);
    }

    [Fact]
    public void AClusterOfOneProcess_NeedsNoMpi()
    {
        using var cluster = DGatingCluster.Start();
        Assert.Equal("rank 0 of 1 (without MPI)", cluster.ToString());
        Assert.True(cluster.IsFirst);
        Assert.Equal(Environment.ProcessorCount, cluster.NumberOfThreads);
    }

    [Fact]
    public void RanksOfOneMachine_ShareItsProcessors() => Assert.All(
        OnRanks(2, cluster => cluster.NumberOfThreads), threads => Assert.Equal(Math.Max(1, Environment.ProcessorCount / 2), threads));

    private static void AssertRefused(Func<DGatingCluster, string> fit, string words) => Assert.StartsWith(
        words, OnRanks(3, cluster => RankThreads.MessageOf(() => fit(cluster)))[0], StringComparison.Ordinal);

    private static T[] OnRanks<T>(int size, Func<DGatingCluster, T> work) =>
        RankThreads.Run(InProcessCollective.Create(size), ranks => work(new DGatingCluster(ranks, "threads")));
}
