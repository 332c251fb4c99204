using System.Text;
using MLNet.DGating.Distributed.Collectives;
using MLNet.DGating.Distributed.Runs;
using MLNet.DGating.Distributed.Tests.Support;
using MLNet.DGating.Torch.Optimization;

namespace MLNet.DGating.Distributed.Tests.Runs;

public class SharedWorkTests
{
    public static TheoryData<string> Transports => RankThreads.Transports;

    [Theory, MemberData(nameof(Transports))]
    public void EveryRank_GetsTheOutcomeOfEveryPiece_OfSeveralWorksInTurn(string transport) =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 12], Gen.Int[1, 3]).Sample((size, pieces, threads) =>
        {
            string[][] all = RankThreads.Run(RankThreads.Connect(transport, size), ranks => (string[])
                [.. Enumerable.Range(1, 3).SelectMany(number => Texts(Share(ranks, number, pieces, threads, i => $"{number}.{i}")))]);
            string[] expected = [.. Enumerable.Range(1, 3).SelectMany(number => Enumerable.Range(0, pieces).Select(i => $"{number}.{i}"))];
            Assert.All(all, texts => Assert.Equal(expected, texts));
        }, iter: 15, threads: 1);

    [Fact]
    public void RanksWithFreeThreads_GetPieces_AndNoneIsCarriedOutTwice()
    {
        int[] carriedOut = new int[40];
        bool[] ranksThatWorked = new bool[3];
        RankThreads.Run(RankThreads.Connect("in-process", 3), ranks => Share(ranks, 1, carriedOut.Length, 1, i =>
        {
            // Nobody goes on until all have begun, so that each of them has had a piece.
            ranksThatWorked[ranks.Rank] = true;
            SpinWait.SpinUntil(() => ranksThatWorked.All(hasWorked => hasWorked));
            Interlocked.Increment(ref carriedOut[i]);
            return "";
        }));
        Assert.All(carriedOut, times => Assert.Equal(1, times));
    }

    [Fact]
    public void ARankThatComesWhenAllIsDone_GetsTheOutcomes_AndGoesOnWithTheOthers()
    {
        using var isDone = new CountdownEvent(5);
        string[][] all = RankThreads.Run(RankThreads.Connect("in-process", 2), ranks =>
        {
            if (ranks.Rank == 1)
            {
                isDone.Wait();
            }

            string[] first = Texts(Share(ranks, 1, 5, 1, i =>
            {
                isDone.Signal();
                return $"first {i}";
            }));
            return (string[])[.. first, .. Texts(Share(ranks, 2, 5, 1, i => $"second {i}"))];
        });
        Assert.Equal(all[0], all[1]);
        Assert.Equal("second 4", all[1][^1]);
    }

    [Fact]
    public void AnErrorOfAPiece_IsAnOutcomeOnEveryRank()
    {
        Outcome[][] all = RankThreads.Run(RankThreads.Connect("in-process", 2), ranks => Share(ranks, 1, 4, 1, i => i switch
        {
            1 => throw new DivergenceException("It diverged."),
            2 => throw new IOException("No disk."),
            _ => "",
        }));
        Assert.All(all, outcomes =>
        {
            outcomes[0].ThrowError();
            Assert.Equal("It diverged.", Assert.Throws<DivergenceException>(outcomes[1].ThrowError).Message);
            string other = RankThreads.MessageOf(outcomes[2].ThrowError);
            Assert.Matches(@"^A run on rank [01] of 2 failed by IOException: No disk\.$", other);
        });
    }

    [Fact]
    public void RankZero_CancelsThePiecesOfAllRanks()
    {
        bool[] wasCancelled = new bool[2];
        RankThreads.Run(RankThreads.Connect("in-process", 2), ranks =>
        {
            SharedWork? shared = null;
            shared = new SharedWork(ranks, WorkIdentity.Of(1, []), 2, _ => { });
            using var workers = new PieceWorkers(1, i => Outcome.Of(i, "", _ =>
            {
                SpinWait.SpinUntil(() => shared.IsCancelled);
                wasCancelled[ranks.Rank] = true;
                return [];
            }));
            // Only rank 0 is asked: the token of the user is there.
            shared.Run(workers, () => ranks.Rank == 0);
            return 0;
        });
        Assert.True(wasCancelled[0]);
    }

    [Fact]
    public void ARankWithOtherRuns_IsNamedToAll()
    {
        string[] said = RankThreads.Run(RankThreads.Connect("in-process", 3), ranks => RankThreads.MessageOf(() =>
            Share(ranks, 1, 3, 1, _ => "", description: ranks.Rank == 2 ? "other" : "same")));
        Assert.Equal(
            "Rank 2 of 3 carries out other runs than rank 0: every rank must run the same program on the same data.", said[0]);
    }

    [Theory, MemberData(nameof(Transports))]
    public void ARankThatLeavesMeanwhile_EndsTheWorkOfTheOthers(string transport)
    {
        string[] said = RankThreads.Run(RankThreads.Connect(transport, 3), ranks => ranks.Rank == 1
            ? ""
            : RankThreads.MessageOf(() => Share(ranks, 1, 4, 1, work: null)));
        Assert.StartsWith("Rank 1 of 3 ended", said[0], StringComparison.Ordinal);
        Assert.StartsWith("Rank 0 of 3 ended", said[2], StringComparison.Ordinal);
    }

    // Without a function the pieces last until they are cancelled.
    private static Outcome[] Share(
        ICollective ranks, int number, int pieces, int threads, Func<int, string>? work, string description = "")
    {
        var shared = new SharedWork(ranks, WorkIdentity.Of(number, [Encoding.UTF8.GetBytes(description)]), pieces, _ => { });
        using var workers = new PieceWorkers(threads, i => Outcome.Of(i, $"rank {ranks.Rank} of {ranks.Size}", j =>
        {
            if (work is null)
            {
                SpinWait.SpinUntil(() => shared.IsCancelled);
                return [];
            }

            return Encoding.UTF8.GetBytes(work(j));
        }));
        return shared.Run(workers, () => false);
    }

    private static string[] Texts(Outcome[] outcomes) => Array.ConvertAll(outcomes, outcome => Encoding.UTF8.GetString(outcome.Content));
}
