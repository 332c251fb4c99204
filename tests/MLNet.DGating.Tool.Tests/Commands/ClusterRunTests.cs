using System.Text.Json;
using MLNet.DGating.Distributed;
using MLNet.DGating.Distributed.Collectives;
using MLNet.DGating.Distributed.Tests.Mpi;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

/// <summary>The tool, started as several processes; most of these are threads.</summary>
public sealed class ClusterRunTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly string _fares;

    public ClusterRunTests() => _fares = Examples.Fares(_folder, rows: 200);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RankZeroAlone_WritesAndSpeaks_AndItsModelIsThatOfASingleProcess()
    {
        string[] alone = Train("alone.zip"), together = Train("together.zip");
        ToolRun.Of(alone).Succeeded();
        ToolRun[] runs = Together(_ => together);
        Assert.All(runs, run => run.Succeeded());
        Assert.Contains("Written:", runs[0].Output, StringComparison.Ordinal);
        Assert.Equal(("", ""), (runs[1].Output, runs[1].Error));
        AssertSameModel(_folder["alone.zip"], _folder["together.zip"]);
        Assert.Equal(
            ["alone.html", "alone.zip", "fares.csv", "together.html", "together.zip"], _folder.Files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ShardedRows_GiveAModelAsGood_WrittenOnce()
    {
        ToolRun.Of(Train("alone.zip")).Succeeded();
        ToolRun[] runs = Together(_ => [.. Train("sharded.zip"), "--shard-rows"]);
        Assert.All(runs, run => run.Succeeded());
        Assert.Equal(("", ""), (runs[1].Output, runs[1].Error));
        ModelDescription alone = DescriptionOf("alone.zip"), sharded = DescriptionOf("sharded.zip");
        Assert.Equal(2, sharded.UsedColumns.Count());
        Assert.Equal(alone.Training.Rows, sharded.Training.Rows);
        Assert.InRange(sharded.Metrics[0].Value, alone.Metrics[0].Value - 0.05, alone.Metrics[0].Value + 0.05);
    }

    [Fact]
    public void StabilitySelection_IsOfTheRowsOfAllRanks()
    {
        ToolRun[] runs = Together(_ =>
            [
                "stability", _fares, "--label", "fare_amount", "--features", "2", "--pairs", "2", "--shard-rows",
                "-o", _folder["stable.csv"],
            ]);
        Assert.All(runs, run => run.Succeeded());
        Assert.Contains("stable.csv", _folder.Files);
    }

    [Fact]
    public void PairsOfShardedRows_AreAMistakeOnTheCommandLine() => Together(_ =>
        [.. Train("m.zip"), "--shard-rows", "--shape", "additive-with-pairs"])[0]
        .FailedWith(ExitCode.Usage, "Pairs of features are chosen on all rows in one process: leave --shard-rows out");

    [Fact]
    public void ARankThatCannotReadTheTable_IsNamedByRankZero_InOneSentence()
    {
        ToolRun[] runs = Together(rank => rank == 0 ? Train("m.zip") : Train("m.zip", _folder["none.csv"]));
        runs[0].FailedWith(ExitCode.Training, "Rank 1 of 2 failed: ", "none.csv' does not exist");
        Assert.Equal((ExitCode.Input, ""), (runs[1].ExitCode, runs[1].Error));
        Assert.Equal(["fares.csv"], _folder.Files);
    }

    [Fact]
    public void ACommandThatDoesNotTrain_IsCarriedOutOnce()
    {
        ToolRun[] runs = Together(_ => ["inspect", _fares]);
        Assert.Contains("fare_amount", runs[0].Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal("", runs[1].Succeeded().Output);
    }

    [Fact]
    public void AMistakeOnTheCommandLine_IsSaidOnce()
    {
        ToolRun[] runs = Together(_ => ["train", _fares]);
        runs[0].FailedWith(ExitCode.Usage, "Option '--label' is required");
        Assert.Equal("", runs[1].Error);
    }

    [MpirunFact]
    public void Mpirun_TrainsTheModelOfASingleProcess()
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "dgating.dll");
        var job = MpiJob.Run(2, ["dotnet", tool, .. Train("together.zip")]);
        Assert.True(job.ExitCode == 0, job.Error);
        Assert.Contains("Written:", job.Output, StringComparison.Ordinal);
        ToolRun.Of(Train("alone.zip")).Succeeded();
        AssertSameModel(_folder["alone.zip"], _folder["together.zip"]);
    }

    private string[] Train(string model, string? table = null) =>
        ["train", table ?? _fares, "--label", "fare_amount", "--features", "2", "--split", "0.2", "-o", _folder[model]];

    private ModelDescription DescriptionOf(string model) => ModelFile.Load(_folder[model], new Microsoft.ML.MLContext()).Description;

    // Both describe the same training, except for its time.
    private static void AssertSameModel(string first, string second)
    {
        Assert.Equal(Numbers(first), Numbers(second));

        static string Numbers(string path)
        {
            ModelDescription model = ModelFile.Load(path, new Microsoft.ML.MLContext()).Description;
            return JsonSerializer.Serialize(new { model.Metrics, model.Candidates, model.Features, model.UsedColumns });
        }
    }

    private static ToolRun[] Together(Func<int, string[]> arguments)
    {
        InProcessCollective[] ranks = InProcessCollective.Create(2);
        var runs = new ToolRun[ranks.Length];
        Thread[] threads = [.. ranks.Select(each => new Thread(() =>
        {
            using var cluster = new DGatingCluster(each, "threads");
            using StringWriter output = new(), error = new();
            var context = new ToolContext(output, error, IsInteractive: false, CancellationToken.None);
            int code = ClusterRun.Run(arguments(cluster.Rank), context, cluster);
            runs[cluster.Rank] = new ToolRun((ExitCode)code, output.ToString(), error.ToString());
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return runs;
    }
}
