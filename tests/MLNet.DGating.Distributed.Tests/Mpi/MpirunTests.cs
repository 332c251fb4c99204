using System.Reflection;
using MLNet.DGating.Distributed.Collectives;
using MLNet.DGating.Distributed.Probe;
using MLNet.DGating.Distributed.Tests.Support;

namespace MLNet.DGating.Distributed.Tests.Mpi;

/// <summary>Processes that mpirun starts.</summary>
public class MpirunTests
{
    private static readonly string s_probe =
        typeof(MpirunTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Probe").Value!;

    [MpirunFact]
    public void Collectives_GiveEveryRankTheSame()
    {
        MpiJob job = Run(3, "collectives");
        Assert.True(job.ExitCode == 0, job.Error);
        float sum = Enumerable.Range(0, 3).Select(rank => 1f / (1 + 999 + 7 * rank)).Aggregate((first, next) => first + next);
        byte[] large = new byte[3_000_000];
        new Random(0).NextBytes(large);
        string content = $"{BitConverter.SingleToInt32Bits(sum)}:{large.Sum(value => (long)value)}";
        Assert.Equal($"0:{content} 1:{content} 2:{content}", job.Output);
    }

    [MpirunFact]
    public void StabilitySelection_HasTheBitsOfASingleProcess()
    {
        MpiJob job = Run(2, "fit", "stability");
        Assert.True(job.ExitCode == 0, job.Error);
        Assert.Equal(Planted.Fit("stability", cluster: null), job.Output);
    }

    [MpirunFact]
    public void RanksThatDiffer_AreRefusedByOneSentence()
    {
        Assert.StartsWith("Rank 1 of 2 has another seed than rank 0", Run(2, "other-options").Output, StringComparison.Ordinal);
        Assert.StartsWith("Rank 1 of 2 has read other rows than rank 0", Run(2, "other-rows").Output, StringComparison.Ordinal);
    }

    [MpirunFact]
    public void ARankThatEndsEarly_IsNamed_AndTheJobEnds()
    {
        Assert.StartsWith("Rank 1 of 2 ended before", Run(2, "leaves").Output, StringComparison.Ordinal);
        Assert.Equal("Rank 1 of 2 failed: the table is missing.", Run(2, "aborts").Output);
    }

    [MpirunFact]
    public void ARankThatFailsWhileOthersNeverCome_EndsTheJob()
    {
        MpiJob job = Run(2, "aborts-alone");
        Assert.NotEqual(0, job.ExitCode);
        Assert.Contains("Rank 1 of 2 failed: the table is missing.", job.Error, StringComparison.Ordinal);
    }

    [MpirunFact]
    public void ProcessesThatMpiDoesNotJoin_AreToldHowToStart()
    {
        // What a launcher without the library's support leaves behind: each process believes that it is alone.
        var job = MpiJob.Run(1, "env", "OMPI_COMM_WORLD_SIZE=2", "dotnet", s_probe, "collectives");
        Assert.Contains("2 processes were started together, but Open MPI v", job.Error, StringComparison.Ordinal);
        Assert.Contains("sees only one: start them by its own mpirun, or by srun --mpi=pmix.", job.Error, StringComparison.Ordinal);
    }

    [MpirunFact]
    public void ARankThatDies_EndsTheJob_AndMpirunNamesIt()
    {
        MpiJob job = Run(2, "dies", "1500");
        Assert.NotEqual(0, job.ExitCode);
        Assert.Contains("mpirun noticed that process rank 1", job.Error, StringComparison.Ordinal);
    }

    [MpirunFact]
    public void ShardedRows_GiveTheBitsOfAsManyThreads()
    {
        MpiJob job = Run(3, "shards", "fit");
        Assert.True(job.ExitCode == 0, job.Error);
        string[] threads =
            RankThreads.Run(InProcessCollective.Create(3), ranks => Sharded.Fit("fit", new DGatingCluster(ranks, "threads")));
        Assert.Equal(threads[0], job.Output);
    }

    [MpirunFact]
    public void ARankThatDiesAmongShards_EndsTheJob_AndMpirunNamesIt()
    {
        MpiJob job = Run(2, "dies", "2500", "fit");
        Assert.NotEqual(0, job.ExitCode);
        Assert.Contains("mpirun noticed that process rank 1", job.Error, StringComparison.Ordinal);
    }

    private static MpiJob Run(int size, params string[] arguments) => MpiJob.Run(size, ["dotnet", s_probe, .. arguments]);
}
