namespace MLNet.DGating.Benchmarks;

/// <summary>Measures a fit of rows of which each rank holds a shard: quality, bits, seconds, and what ranks send.</summary>
internal static class Shards
{
    public static void Run(Arguments arguments)
    {
        Console.WriteLine(
            "| ranks | metric on test rows | same bits again, on all ranks | s | processor s of all ranks | iterations | ms an iteration "
            + "| messages an iteration | bytes an iteration "
            + string.Concat(ShardRank.SumSizes.Select(size => $"| µs to sum {size:n0} numbers ")) + "|");
        Console.WriteLine("|--:|--:|---|--:|--:|--:|--:|--:|--:|" + string.Concat(ShardRank.SumSizes.Select(_ => "--:|")));
        string[] further =
            [.. arguments.Values.Where(pair => pair.Key != "ranks").SelectMany(pair => new[] { $"--{pair.Key}", pair.Value })];
        foreach (string ranks in arguments.Text("ranks", "1,2,4").Split(','))
        {
            ShardFigures figures = MpiProgram.Measure<ShardFigures>(ranks, ["shard-rank", .. further]);
            double iterations = figures.Iterations;
            Console.WriteLine(
                $"| {ranks} | {figures.Metric:f4} | {(figures.Bits.Distinct().Count() == 1 ? "yes" : "NO")} | {figures.Seconds:f1} | "
                + $"{figures.ProcessorSeconds:f1} | {iterations:n0} | {1000 * figures.Seconds / iterations:f2} | "
                + $"{figures.Messages / iterations:f1} | {figures.Bytes / iterations:n0} |"
                + string.Concat(figures.MicrosecondsOfSums.Select(time => $" {time:n0} |")));
        }
    }
}
