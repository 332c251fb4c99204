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
            Console.WriteLine($"{program}, {runs} starts, the least of each phase:");
            Console.WriteLine();
            Console.WriteLine("| | ms | of it compiling, ms | methods compiled |");
            Console.WriteLine("|---|--:|--:|--:|");
            for (int phase = 0; phase < starts[0].Length; phase++)
            {
                ColdMark least = starts.Select(start => start[phase]).MinBy(mark => mark.Milliseconds)!;
                Console.WriteLine($"| {least.Phase} | {least.Milliseconds:f0} | {least.CompilingMilliseconds:f0} | {least.Methods} |");
            }

            Console.WriteLine($"| the fastest start as a whole | {starts.Min(marks => marks.Sum(mark => mark.Milliseconds)):f0} | | |");
            Console.WriteLine($"| without loading libtorch | {starts.Min(marks => marks.Where(mark => mark.Phase != ColdProgram.LoadLibtorch).Sum(mark => mark.Milliseconds)):f0} | | |");
            Console.WriteLine();
        }
    }
}
