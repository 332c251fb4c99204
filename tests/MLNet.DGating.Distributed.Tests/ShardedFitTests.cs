using MLNet.DGating.Distributed.Collectives;
using MLNet.DGating.Distributed.Probe;
using MLNet.DGating.Distributed.Tests.Support;

namespace MLNet.DGating.Distributed.Tests;

/// <summary>Fits of rows of which each rank, a thread of this process, holds a shard.</summary>
public class ShardedFitTests
{
    public static TheoryData<string> Fits => [.. Sharded.Fits];

    [Theory, MemberData(nameof(Fits))]
    public void AFit_HasTheSameBitsOnEveryRank_AndEveryTime(string fit)
    {
        string[] results = OnRanks(3, cluster => Sharded.Fit(fit, cluster));
        Assert.All(results, result => Assert.Equal(results[0], result));
        Assert.Equal(results[0], OnRanks(3, cluster => Sharded.Fit(fit, cluster))[0]);
    }

    [Theory, InlineData("fit"), InlineData("count"), InlineData("curves")]
    public void ShardsOfSortedRows_ShowWhatMatters(string fit) => Assert.All(
        OnRanks(3, cluster => Sharded.Fit(fit, cluster, all => ShardOf([.. all.OrderBy(row => row.Number)], cluster))), SelectsWhatMatters);

    [Fact]
    public void FeaturesAreScreened_ByTheRowsOfAllRanks()
    {
        string[] results = OnRanks(3, cluster => Sharded.Fit(
            "count", cluster, all => ShardOf([.. all.OrderBy(row => row.Number)], cluster), options => options.ScreenedFeatureCount = 4));
        Assert.All(results, SelectsWhatMatters);
        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Fact]
    public void ARankWithoutRows_TakesPart() => Assert.All(
        OnRanks(3, cluster => Sharded.Fit("fit", cluster, all => cluster.Rank == 1 ? [] : ShardOf(all, cluster))), SelectsWhatMatters);

    [Fact]
    public void RanksWithoutAnyRows_AreRefused() =>
        AssertRefused("No valid training instances found on any of 3 ranks", cluster => Sharded.Fit("fit", cluster, _ => []));

    [Fact]
    public void ARankWhoseRowsAreUnusable_EndsTheFitOnTheOthers_ByItsName() => AssertRefusedOnFirst(
        "Rank 2 of 3 could not read its rows: Row 133 has the weight -1 in column 'Weight'",
        cluster => Sharded.Fit(
            "fit", cluster,
            all =>
            {
                all[^1].Weight = -1;
                return ShardOf(all, cluster);
            },
            options => options.ExampleWeightColumnName = "Weight"));

    [Fact]
    public void RowsThatDoNotFitInMemory_AreRefused() => AssertRefused(
        "They do not fit in the memory that rows may take",
        cluster => Sharded.Fit(
            "fit", cluster, _ => Sharded.Rows(1, DGatingDefaults.SmallestPool + 1), options => options.MaximumRowMemory = 1));

    [Theory]
    [InlineData("has other options or another seed than rank 0", "seed")]
    [InlineData("has other options or another seed than rank 0", "options")]
    public void ARankThatDiffers_IsRefusedBeforeTraining(string words, string what) => AssertRefused(
        $"Rank 2 of 3 {words}",
        cluster => Sharded.Fit("fit", cluster, change: options =>
        {
            bool isOther = cluster.Rank == 2;
            options.Seed = what == "seed" && isOther ? 2 : 1;
            options.LambdaGrowth = what == "options" && isOther ? 1.4 : 1.3;
        }));

    [Theory, InlineData("slots", "feature slots"), InlineData("classes", "label classes"), InlineData("validation rows", "data")]
    public void ARankWithOtherColumns_IsRefusedBeforeTraining(string what, string words) =>
        AssertRefused($"Rank 2 of 3 has other {words} than rank 0", cluster => Sharded.FitOther(cluster, what));

    [Fact]
    public void KeysThatBelongTogether_AreHeldOutTogether_WhicheverRankHasThem()
    {
        string[] results = OnRanks(2, cluster => Sharded.Fit("path", cluster, change: options => options.SamplingKeyColumnName = "Key"));
        Assert.Equal(results[0], results[1]);
        Assert.NotEqual(results[0], OnRanks(2, cluster => Sharded.Fit("path", cluster))[0]);
    }

    [Fact]
    public void Knockoffs_AreRefused() => Assert.All(
        OnRanks(2, cluster => RefusalOf<ArgumentOutOfRangeException>(() => Sharded.Knockoffs(cluster))),
        message => Assert.Contains("each rank has a shard of them", message, StringComparison.Ordinal));

    [Fact]
    public void ARankThatEndsEarly_EndsTheFitOfTheOthers() => AssertRefusedOnFirst(
        "Rank 2 of 3",
        cluster => cluster.Rank == 2
            ? throw new InvalidOperationException("Rank 2 of 3: its own reason.")
            : Sharded.Fit("fit", cluster));

    [Theory, InlineData(0), InlineData(1)]
    public void AUserOfAnyRank_StopsAllRanks_WithTheSameBeginningOfThePath(int rank)
    {
        using var stop = new CancellationTokenSource();
        string[] paths = OnRanks(2, cluster => Sharded.StoppedPath(cluster, stop, rank));
        Assert.Equal(paths[0], paths[1]);
        Assert.DoesNotContain("complete: True", paths[0], StringComparison.Ordinal);
    }

    private static void SelectsWhatMatters(string result) =>
        Assert.StartsWith("selected: 0 3 5\n", result, StringComparison.Ordinal);

    private static Sharded.Row[] ShardOf(Sharded.Row[] all, DGatingCluster cluster) =>
        all[(all.Length * cluster.Rank / cluster.Size)..(all.Length * (cluster.Rank + 1) / cluster.Size)];

    private static void AssertRefused(string words, Func<DGatingCluster, string> fit) => Assert.All(
        OnRanks(3, cluster => RefusalOf<Exception>(() => fit(cluster))),
        message => Assert.Contains(words, message, StringComparison.Ordinal));

    // Another rank may learn of it by the end of rank 0.
    private static void AssertRefusedOnFirst(string words, Func<DGatingCluster, string> fit) => Assert.Contains(
        words, OnRanks(3, cluster => RefusalOf<Exception>(() => fit(cluster)))[0], StringComparison.Ordinal);

    private static string RefusalOf<T>(Action fit)
        where T : Exception => Assert.ThrowsAny<T>(fit).Message;

    private static T[] OnRanks<T>(int size, Func<DGatingCluster, T> work) =>
        RankThreads.Run(InProcessCollective.Create(size), ranks => work(new DGatingCluster(ranks, "threads")));
}
