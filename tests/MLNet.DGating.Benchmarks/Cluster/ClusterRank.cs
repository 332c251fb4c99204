using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Distributed;
using MLNet.DGating.Distributed.Collectives;
using MLNet.DGating.Distributed.Runs;
using MLNet.DGating.Torch.ModelSelection.Runs;

namespace MLNet.DGating.Benchmarks;

/// <summary>One rank of the job that <see cref="Cluster"/> measures.</summary>
internal static class ClusterRank
{
    private const int Pieces = 2000, Works = 50;

    public static void RunChild(Arguments arguments)
    {
        using var cluster = DGatingCluster.Start();
        ICollective ranks = cluster.Ranks;
        var mlContext = new MLContext(seed: 1);
        IDataView mice = mlContext.Data.LoadFromTextFile(Path.Combine(arguments.Text("examples", "examples/data"), "mice.csv"),
            [new("Group", DataKind.Single, 0), new("Features", DataKind.Single, 1, 77)], separatorChar: ',', hasHeader: true);
        IDataView rows = mlContext.Data.Cache(mlContext.Transforms.Conversion.MapValueToKey("Label", "Group").Fit(mice).Transform(mice));
        var options = new DGatingMulticlassTrainer.Options { Executor = cluster, NumberOfThreads = arguments.Threads };
        DGatingMulticlassTrainer trainer = mlContext.MulticlassClassification.Trainers.DGating(options);
        // The first fit also compiles.
        trainer.FitStability(rows, pairs: 1);
        Traffic before = ranks.Sent;
        TimeSpan processorBefore = Environment.CpuUsage.TotalTime;
        ranks.Barrier();
        var clock = Stopwatch.StartNew();
        DGatingStability stability = trainer.FitStability(rows, arguments.Integer("pairs", 50));
        double seconds = clock.Elapsed.TotalSeconds;
        TimeSpan processor = Environment.CpuUsage.TotalTime - processorBefore;
        double processorSeconds =
            ranks.AllGather(PlainData.Write(processor)).Sum(bytes => PlainData.Read<TimeSpan>(bytes).TotalSeconds);
        var own = new Traffic(ranks.Sent.Messages - before.Messages, ranks.Sent.Bytes - before.Bytes);
        Traffic[] all = Array.ConvertAll(ranks.AllGather(PlainData.Write(own)), bytes => PlainData.Read<Traffic>(bytes));

        long number = int.MaxValue;
        double piece = Time(() => Share(ranks, ++number, Pieces)) / Pieces;
        double work = Time(() =>
        {
            for (int i = 0; i < Works; i++)
            {
                Share(ranks, ++number, pieces: 1);
            }
        }) / Works;
        if (cluster.IsFirst)
        {
            string said = string.Join(' ', Enumerable.Range(1, stability.Features.Count).SelectMany(stability.FrequenciesAt));
            string bits = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(said)));
            Console.WriteLine(JsonSerializer.Serialize(new ClusterFigures(
                seconds, processorSeconds, bits, all.Sum(sent => sent.Messages), all.Sum(sent => sent.Bytes), 1e6 * piece, 1e3 * work)));
        }
    }

    private static void Share(ICollective ranks, long number, int pieces)
    {
        var shared = new SharedWork(ranks, WorkIdentity.Of(number, []), pieces, _ => { });
        using var workers = new PieceWorkers(1, i => new Outcome(i, OutcomeKind.Result, []));
        shared.Run(workers, () => false);
    }

    private static double Time(Action action)
    {
        action();
        var clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalSeconds;
    }
}
