using MLNet.DGating.Distributed.Collectives;
using MLNet.DGating.Distributed.Tests.Support;
using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Distributed.Tests.Rows;

public class RowShardsTests
{
    private static readonly Gen<(int[] Training, int[] Validation)> s_counts = Gen.Int[1, 5].SelectMany(size =>
        Gen.Select(Gen.Int[0, 4].Array[size], Gen.Int[0, 3].Array[size]));

    [Fact]
    public void EveryRow_HasOneRank_AndItsNumberAmongTheRowsOfThatRank() => s_counts.Sample((training, validation) =>
    {
        var shards = new RowShards(InProcessCollective.Create(training.Length)[0], training, validation);
        (int Rank, int Number)[] expected =
        [
            .. training.SelectMany((count, rank) => Enumerable.Range(0, count).Select(i => (rank, i))),
            .. validation.SelectMany((count, rank) => Enumerable.Range(0, count).Select(i => (rank, training[rank] + i))),
        ];
        Assert.Equal(expected, Enumerable.Range(0, shards.Rows).Select(row => (shards.RankOf(row), shards.NumberOf(row))));
    }, iter: 100, threads: 1);

    [Fact]
    public void WhatEveryRankHasOfItsRows_IsJoinedInTheirOrder_AndDividedAgain() => s_counts.Sample((training, validation) =>
    {
        int rows = training.Sum() + validation.Sum();
        float[] all = [.. Enumerable.Range(0, rows).Select(row => (float)row)];
        int[] some = [.. Enumerable.Range(0, rows).Where(row => row % 2 == 0).Reverse()];
        RankThreads.Run(InProcessCollective.Create(training.Length), ranks =>
        {
            var shards = new RowShards(ranks, training, validation);
            float[] own = shards.OwnOf<float>(all);
            Assert.Equal(all, shards.Join<float>(own));
            float[] ofSome = [.. shards.OwnOf(some).SelectMany(number => new[] { own[number], -own[number] })];
            Assert.Equal(some.SelectMany(row => new float[] { row, -row }), shards.Join(some, ofSome, 2));
            return 0;
        });
    }, iter: 30, threads: 1);

    [Fact]
    public void MoreRowsThanCanBeNumbered_AreRefused() => Assert.Contains(
        "give a sample of them",
        RankThreads.MessageOf(() => _ = new RowShards(InProcessCollective.Create(2)[0], [int.MaxValue, 1], [0, 0])),
        StringComparison.Ordinal);
}
