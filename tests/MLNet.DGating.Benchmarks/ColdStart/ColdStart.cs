namespace MLNet.DGating.Benchmarks;

/// <summary>From the start of a process to the end of a fit's first iteration, phase by phase, in fresh processes.</summary>
internal static class ColdStart
{
    public static void Run(Arguments arguments)
    {
        int runs = arguments.Whole("runs", 5);
        foreach (string program in (string[])[ColdProgram.Minimal, ColdProgram.QuickStart])
        {
            ColdMark[][] starts = [.. Enumerable.Range(0, runs).Select(_ => ColdProgram.Start(program, arguments.Text("examples", "examples/data")))];
            Console.WriteLine($"| {program}: the least of {runs} starts | ms | of processor time | compiling | methods compiled |");
            Console.WriteLine("|---|--:|--:|--:|--:|");
            for (int phase = 0; phase < starts[0].Length; phase++)
            {
                ColdMark[] same = Array.ConvertAll(starts, start => start[phase]);
                Console.WriteLine($"| {same[0].Phase} | {same.Min(mark => mark.Milliseconds):f0} | {same.Min(mark => mark.ProcessorMilliseconds):f0} " +
                    $"| {same.Min(mark => mark.CompilingMilliseconds):f0} | {same.Min(mark => mark.Methods)} |");
            }

            Total("a whole start", starts);
            Total("without loading libtorch", Array.ConvertAll(starts, start => Array.FindAll(start, mark => mark.Phase != ColdProgram.LoadLibtorch)));
            Console.WriteLine();
        }
    }

    private static void Total(string what, ColdMark[][] starts) => Console.WriteLine(
        $"| {what} | {starts.Min(start => start.Sum(mark => mark.Milliseconds)):f0} | {starts.Min(start => start.Sum(mark => mark.ProcessorMilliseconds)):f0} " +
        $"| {starts.Min(start => start.Sum(mark => mark.CompilingMilliseconds)):f0} | {starts.Min(start => start.Sum(mark => mark.Methods))} |");
}
