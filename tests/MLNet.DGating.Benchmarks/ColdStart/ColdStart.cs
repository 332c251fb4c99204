namespace MLNet.DGating.Benchmarks;

/// <summary>Measures the time from the start of a new process to the end of a fit's first iteration, by phase.</summary>
internal static class ColdStart
{
    public static void Run(Arguments arguments)
    {
        int runs = arguments.Integer("runs", 5);
        string examples = arguments.Text("examples", "examples/data");
        foreach (string program in (string[])[ColdProgram.Minimal, ColdProgram.QuickStart])
        {
            ColdMark[][] starts = [.. Enumerable.Range(0, runs).Select(_ => ColdProgram.Start(program, examples))];
            Console.WriteLine($"| {program}: the least of {runs} starts | ms | of processor time | compiling | methods compiled |");
            Console.WriteLine("|---|--:|--:|--:|--:|");
            for (int phase = 0; phase < starts[0].Length; phase++)
            {
                ColdMark[] same = Array.ConvertAll(starts, start => start[phase]);
                Line(same[0].Phase, value => same.Min(value));
            }

            Total("a whole start", starts);
            ColdMark[][] others = Array.ConvertAll(starts, start => Array.FindAll(start, mark => mark.Phase != ColdProgram.LoadLibtorch));
            Total("without loading libtorch", others);
            Console.WriteLine();
        }
    }

    private static void Total(string what, ColdMark[][] starts) => Line(what, value => starts.Min(start => start.Sum(value)));

    private static void Line(string what, Func<Func<ColdMark, double>, double> least) => Console.WriteLine(
        $"| {what} | {least(mark => mark.Milliseconds):f0} | {least(mark => mark.ProcessorMilliseconds):f0} " +
        $"| {least(mark => mark.CompilingMilliseconds):f0} | {least(mark => mark.Methods):f0} |");
}
