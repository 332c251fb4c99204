using MLNet.DGating.Distributed.Collectives;
using MLNet.DGating.Distributed.Tests.Support;

namespace MLNet.DGating.Distributed.Tests.Collectives;

public class CollectiveTests
{
    public static TheoryData<string> Transports => RankThreads.Transports;

    [Theory, MemberData(nameof(Transports))]
    public void EveryRank_GetsTheBytesOfAll_InTheirOrder(string transport) =>
        Gen.Select(Gen.Int[1, 5], Gen.Byte.Array[0, 300]).Sample((size, bytes) =>
        {
            byte[] Of(int rank) => [(byte)rank, .. bytes[..(bytes.Length * rank / size)]];
            byte[][][] all = RankThreads.Run(RankThreads.Connect(transport, size), ranks => ranks.AllGather(Of(ranks.Rank)));
            Assert.All(all, got => Assert.Equal(Enumerable.Range(0, size).Select(Of), got));
        }, iter: 10, threads: 1);

    [Theory, MemberData(nameof(Transports))]
    public void OnlyRankZero_GathersWithoutAnAnswer(string transport)
    {
        byte[][][] all = RankThreads.Run(RankThreads.Connect(transport, 3), ranks =>
        {
            byte[][] gathered = ranks.Gather([(byte)ranks.Rank]);
            ranks.Barrier();
            return gathered;
        });
        Assert.Equal([[0], [1], [2]], all[0]);
        Assert.All(all.Skip(1), Assert.Empty);
    }

    [Theory, MemberData(nameof(Transports))]
    public void ABroadcast_GivesWhatRankZeroHas(string transport)
    {
        byte[] large = new byte[1 << 20];
        new Random(1).NextBytes(large);
        byte[][] got = RankThreads.Run(
            RankThreads.Connect(transport, 3), ranks => ranks.Broadcast(ranks.Rank == 0 ? large : [7]));
        Assert.All(got, bytes => Assert.Equal(large, bytes));
    }

    [Theory, MemberData(nameof(Transports))]
    public void Sums_AreAddedInTheOrderOfTheRanks(string transport) =>
        Gen.Select(Gen.Int[1, 5], Gen.Float[-1000, 1000].Array[1, 50]).Sample((size, values) =>
        {
            float Of(int rank, int i) => values[i] / (1 + rank);
            float[][] sums = RankThreads.Run(RankThreads.Connect(transport, size), ranks =>
            {
                float[] own = [.. Enumerable.Range(0, values.Length).Select(i => Of(ranks.Rank, i))];
                ranks.AllReduce(own);
                return own;
            });
            float[] expected = [.. Enumerable.Range(0, values.Length).Select(i =>
                Enumerable.Range(0, size).Select(rank => Of(rank, i)).Aggregate((sum, next) => sum + next))];
            Assert.All(sums, sum => Assert.Equal(expected, sum));
        }, iter: 10, threads: 1);

    [Theory, MemberData(nameof(Transports))]
    public void Messages_ArriveInTheOrderInWhichTheyWereSent_BesideCollectiveCalls(string transport)
    {
        string[][] got = RankThreads.Run(RankThreads.Connect(transport, 2), ranks =>
        {
            for (int i = 0; ranks.Rank == 1 && i < 5; i++)
            {
                ranks.Send(0, MessageTag.Report, [(byte)i]);
            }

            ranks.Barrier();
            var order = new List<string>();
            while (ranks.TryReceive(out Message message))
            {
                order.Add($"{message.Tag} {message.Bytes[0]} of {message.From}");
            }

            return order.ToArray();
        });
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"Report {i} of 1"), got[0]);
        Assert.Empty(got[1]);
    }

    [Theory, MemberData(nameof(Transports))]
    public void ARankThatWaits_IsToldWhichRankHasLeft(string transport)
    {
        string[] said = RankThreads.Run(RankThreads.Connect(transport, 3), ranks => ranks.Rank == 2
            ? "left"
            : RankThreads.MessageOf(ranks.Barrier));
        Assert.Equal("Rank 2 of 3 ended before the others were done, so that these end as well.", said[0]);
        Assert.Equal("Rank 0 of 3 ended before the others were done, so that these end as well.", said[1]);
    }

    [Theory, MemberData(nameof(Transports))]
    public void ARankThatFails_SaysWhyToThoseThatWait(string transport)
    {
        string[] said = RankThreads.Run(RankThreads.Connect(transport, 3), ranks =>
        {
            if (ranks.Rank == 1)
            {
                ranks.Abort("the table is missing.");
                return "";
            }

            return RankThreads.MessageOf(ranks.Barrier);
        });
        Assert.Equal("Rank 1 of 3 failed: the table is missing.", said[0]);
    }

    [Fact]
    public void AConnectionThatBreaks_IsARankThatHasLeft()
    {
        ICollective[] ranks = RankThreads.Connect("TCP", 2);
        // What the operating system does when a process dies: no message, but the end of the connection.
        ((TcpCollective)ranks[1]).Break();
        Assert.StartsWith("Rank 1 of 2 ended", RankThreads.MessageOf(ranks[0].Barrier), StringComparison.Ordinal);
        ranks[0].Dispose();
    }

    [Theory, MemberData(nameof(Transports))]
    public void Traffic_CountsMessagesAndTheirBytes(string transport)
    {
        Traffic[] sent = RankThreads.Run(RankThreads.Connect(transport, 3), ranks =>
        {
            ranks.Broadcast(new byte[100]);
            return ranks.Sent;
        });
        Assert.Equal([new Traffic(2, 200), default, default], sent);
    }
}
