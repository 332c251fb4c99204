using System.Diagnostics;
using MLNet.DGating.Torch.Native;

namespace MLNet.DGating.Benchmarks;

/// <summary>Measures selections on generated rows again and again, so that false selections and power have standard errors.</summary>
internal static class Study
{
    public static void Run(Arguments arguments)
    {
        string path = arguments.Text("out", "docs/trust/study.csv");
        StudyCell[] cells = [.. StudyCells.All()];
        if (arguments.Integer("minutes", 0) is int minutes and > 0)
        {
            string[] only = arguments.Text("only", "").Split(';');
            StudyCell[] named = [.. cells.Where(cell => only.Any(text => cell.Name.Contains(text, StringComparison.Ordinal)))];
            Repeat(named, path, TimeSpan.FromMinutes(minutes), arguments.Integer("repetitions", 200));
        }

        StudyRepetition[] repetitions = StudyFile.Read(path);
        StudyTable.Write(cells, repetitions);
        if (arguments.Values.TryGetValue("pictures", out string? folder))
        {
            StudyPictures.Save(cells, repetitions, folder);
        }
    }

    // A round has a repetition of every cell, so that all cells have about as many whenever the time is over.
    private static void Repeat(StudyCell[] cells, string path, TimeSpan time, int most)
    {
        // libtorch must be found before its first use.
        Console.Error.WriteLine(TorchRuntime.Warning ?? $"Measuring for {time.TotalMinutes} minutes.");
        var clock = Stopwatch.StartNew();
        HashSet<(string, int)> done = [.. StudyFile.Read(path).Select(repetition => (repetition.Cell, repetition.Seed))];
        for (int round = 0; round < most; round++)
        {
            foreach (StudyCell cell in cells)
            {
                int seed = round / cell.Every;
                if (round % cell.Every == 0 && !done.Contains((cell.Name, seed)) && clock.Elapsed < time)
                {
                    StudyFile.Append(path, StudyRepetition.Measure(cell, seed));
                }
            }
        }
    }
}
