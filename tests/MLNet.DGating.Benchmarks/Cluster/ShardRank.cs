using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Distributed;
using MLNet.DGating.Distributed.Collectives;
using MLNet.DGating.Torch.ModelSelection.Runs;

namespace MLNet.DGating.Benchmarks;

/// <summary>One rank of the job that <see cref="Shards"/> measures.</summary>
internal static class ShardRank
{
    private const int Fits = 2, Sums = 200;

    public static int[] SumSizes { get; } = [1_000, 10_000, 100_000, 1_000_000];

    public static void RunChild(Arguments arguments)
    {
        using var cluster = DGatingCluster.Start();
        cluster.RowsAreSharded = true;
        ICollective ranks = cluster.Ranks;
        var mlContext = new MLContext(seed: 1);
        string set = arguments.Text("set", "adult"), folder = arguments.Text("examples", "examples/data");
        (IDataView training, IDataView test) = set switch
        {
            "taxi" => ExampleData.Taxi(mlContext, folder),
            "wide" => WideRow.Generate(mlContext),
            _ => ExampleData.Adult(mlContext, folder),
        };
        training = mlContext.Data.TakeRows(training, arguments.Integer("rows", int.MaxValue));
        IDataView shard = mlContext.Data.Cache(cluster.TakeShard(training));
        var progress = new Counted();
        int? count = arguments.Values.ContainsKey("count") ? arguments.Integer("count", 0) : null;
        ITransformer? model = null;
        var bits = new List<string>();
        double seconds = 0, processorSeconds = 0;
        Traffic before = ranks.Sent;
        for (int fit = 0; fit < Fits; fit++)
        {
            // The first fit also compiles.
            progress.Count = 0;
            before = ranks.Sent;
            TimeSpan processorBefore = Environment.CpuUsage.TotalTime;
            ranks.Barrier();
            var clock = Stopwatch.StartNew();
            model = Fit(mlContext, set, count, arguments.Integer("seed", 1), cluster, progress, shard);
            seconds = clock.Elapsed.TotalSeconds;
            TimeSpan processor = Environment.CpuUsage.TotalTime - processorBefore;
            processorSeconds = ranks.AllGather(PlainData.Write(processor)).Sum(bytes => PlainData.Read<TimeSpan>(bytes).TotalSeconds);
            bits.Add(Convert.ToHexString(SHA256.HashData(
                MemoryMarshal.AsBytes<float>(model.Transform(test).GetColumn<float>("Score").ToArray()))));
        }

        var own = new Traffic(ranks.Sent.Messages - before.Messages, ranks.Sent.Bytes - before.Bytes);
        Traffic[] all = Array.ConvertAll(ranks.AllGather(PlainData.Write(own)), bytes => PlainData.Read<Traffic>(bytes));
        string[] ofRanks = Array.ConvertAll(
            ranks.AllGather(PlainData.Write(string.Concat(bits))), bytes => PlainData.Read<string>(bytes));
        double[] sums = Array.ConvertAll(SumSizes, size => MicrosecondsOfSum(ranks, new float[size]));
        if (cluster.IsFirst)
        {
            IDataView scored = model!.Transform(test);
            double metric = set == "taxi"
                ? mlContext.Regression.Evaluate(scored).RSquared
                : mlContext.BinaryClassification.Evaluate(scored).Accuracy;
            Console.WriteLine(JsonSerializer.Serialize(new ShardFigures(
                metric, [.. bits, .. ofRanks.Distinct().Skip(1)], seconds, processorSeconds, progress.Count,
                all.Sum(sent => sent.Messages), all.Sum(sent => sent.Bytes),
                sums)));
        }
    }

    private static ITransformer Fit(
        MLContext mlContext, string set, int? count, int seed, DGatingCluster cluster, Counted progress, IDataView shard) =>
        set == "taxi"
        ? mlContext.Regression.Trainers.DGating(new DGatingRegressionTrainer.Options
        {
            Executor = cluster, Seed = seed, NumberOfThreads = 1, MaximumFeatureCount = count, Progress = progress,
        }).Fit(shard)
        : mlContext.BinaryClassification.Trainers.DGating(new DGatingBinaryTrainer.Options
        {
            NumericEncoding = set == "wide" ? DGatingNumericEncoding.None : DGatingNumericEncoding.Auto,
            InputNoise = set == "wide" ? 0 : null,
            Executor = cluster, Seed = seed, NumberOfThreads = 1, MaximumFeatureCount = count, Progress = progress,
        }).Fit(shard);

    private static double MicrosecondsOfSum(ICollective ranks, float[] values)
    {
        var times = new List<double>();
        for (int i = 0; i < Sums; i++)
        {
            ranks.Barrier();
            var clock = Stopwatch.StartNew();
            ranks.AllReduce(values);
            times.Add(1e6 * clock.Elapsed.TotalSeconds);
        }

        // Others use the machine as well: the median.
        return times.Order().ElementAt(Sums / 2);
    }

    private sealed class Counted : IProgress<DGatingProgress>
    {
        public long Count { get; set; }

        public void Report(DGatingProgress value) => Count++;
    }
}
