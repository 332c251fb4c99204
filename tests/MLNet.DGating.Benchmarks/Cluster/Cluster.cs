namespace MLNet.DGating.Benchmarks;

/// <summary>Measures fits over ranks that mpirun starts on this machine: bits, seconds, messages, and what a piece of work costs.</summary>
internal static class Cluster
{
    public static void Run(Arguments arguments)
    {
        string pairs = arguments.Text("pairs", "50"), examples = arguments.Text("examples", "examples/data");
        Console.WriteLine(
            "| ranks | s | times as fast | processor s of all ranks | so at most times as fast | same bits | messages | bytes sent "
            + "| µs for an empty piece | ms for an empty work |");
        Console.WriteLine("|--:|--:|--:|--:|--:|---|--:|--:|--:|--:|");
        ClusterFigures? first = null;
        foreach (string ranks in arguments.Text("ranks", "1,2,4").Split(','))
        {
            ClusterFigures figures = MpiProgram.Measure<ClusterFigures>(ranks, "cluster-rank", "--pairs", pairs, "--examples", examples);
            first ??= figures;
            Console.WriteLine(
                $"| {ranks} | {figures.Seconds:f1} | {first.Seconds / figures.Seconds:f2} | {figures.ProcessorSeconds:f1} | "
                + $"{int.Parse(ranks) * first.ProcessorSeconds / figures.ProcessorSeconds:f2} | "
                + $"{(figures.Bits == first.Bits ? "yes" : "NO")} | "
                + $"{figures.Messages:n0} | {figures.Bytes:n0} | {figures.MicrosecondsOfPiece:f0} | {figures.MillisecondsOfWork:f1} |");
        }
    }
}
