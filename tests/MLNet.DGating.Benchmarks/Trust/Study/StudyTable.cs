namespace MLNet.DGating.Benchmarks;

/// <summary>Writes the tables of docs/trust.md: means over repetitions and their standard errors.</summary>
internal static class StudyTable
{
    public static void Write(StudyCell[] cells, StudyRepetition[] repetitions)
    {
        (StudyCell Cell, StudyRepetition[] Repetitions)[] measured =
        [
            .. cells.Select(cell => (cell, repetitions.Where(repetition => repetition.Cell == cell.Name).ToArray()))
                .Where(cell => cell.Item2.Length > 0),
        ];
        WriteSelections(measured);
        WriteExact(measured);
        WriteStability(measured);
        WriteWorthless(measured);
    }

    private static void WriteSelections((StudyCell Cell, StudyRepetition[] Repetitions)[] cells)
    {
        Console.WriteLine("False selections / power:\n");
        WriteHeader("rows × columns | true | repetitions | kept", StudyCurves.Choices().Select(choice => choice.Name));
        foreach ((StudyCell cell, StudyRepetition[] repetitions) in cells.Where(cell => cell.Cell.Table.Informative.Length > 0))
        {
            int truth = cell.Table.Informative.Length;
            WriteRow(cell,
                $"{cell.Table.Rows:n0} × {cell.Table.Columns:n0} | {truth} | {repetitions.Length} " +
                $"| {repetitions.Average(repetition => repetition.Kept):f1}",
                StudyCurves.Choices().Select(choice =>
                    $"{StudyCurves.EstimateOf(repetitions, repetition => choice.Hits(repetition).False)} / " +
                    $"{StudyCurves.EstimateOf(repetitions, repetition => choice.Hits(repetition).Found / (double)truth)}"));
        }
    }

    private static void WriteExact((StudyCell Cell, StudyRepetition[] Repetitions)[] cells)
    {
        Console.WriteLine("\nExactly the true columns:\n");
        WriteHeader("nothing kept", StudyCurves.Exact().Select(curve => curve.Name));
        foreach ((StudyCell cell, StudyRepetition[] repetitions) in cells.Where(cell => cell.Cell.Table.Informative.Length > 0))
        {
            WriteRow(cell, Estimate.Share(repetitions.Select(repetition => repetition.Kept == 0)).Percent(),
                StudyCurves.Exact().Select(curve => StudyCurves.EstimateOf(repetitions, curve.Value)!.Value.Percent()));
        }
    }

    private static void WriteStability((StudyCell Cell, StudyRepetition[] Repetitions)[] cells)
    {
        Console.WriteLine("\nStability selection:\n");
        WriteHeader("repetitions", ["false selections", "their bound", "power"]);
        foreach ((StudyCell cell, StudyRepetition[] repetitions) in cells.Where(cell => cell.Cell.Pairs > 0))
        {
            int truth = cell.Table.Informative.Length;
            WriteRow(cell, $"{repetitions.Length}",
            [
                $"{StudyCurves.EstimateOf(repetitions, repetition => repetition.Stable?.False)}",
                $"{repetitions.Average(repetition => repetition.Bound):f2}",
                truth > 0 ? $"{StudyCurves.EstimateOf(repetitions, repetition => repetition.Stable?.Found / (double)truth)}" : "",
            ]);
        }
    }

    private static void WriteWorthless((StudyCell Cell, StudyRepetition[] Repetitions)[] cells)
    {
        Console.WriteLine("\nWorthless labels:\n");
        WriteHeader("repetitions", ["IsBetterThanConstant", "Fit keeps a column", "FitPath keeps one", "a stable column"]);
        foreach ((StudyCell cell, StudyRepetition[] repetitions) in cells.Where(cell => cell.Cell.Table.Informative.Length == 0))
        {
            WriteRow(cell, $"{repetitions.Length}",
            [
                Estimate.Share(repetitions.Select(repetition => repetition.IsBetterThanConstant)).Percent(),
                Estimate.Share(repetitions.Select(repetition => repetition.Kept > 0)).Percent(),
                Estimate.Share(repetitions.Select(repetition => repetition.OfPath.False > 0)).Percent(),
                Estimate.Share(repetitions.Select(repetition => repetition.Stable?.False > 0)).Percent(),
            ]);
        }
    }

    private static void WriteHeader(string first, IEnumerable<string> names)
    {
        string[] columns = ["cell", .. first.Split(" | "), .. names];
        Console.WriteLine($"| {string.Join(" | ", columns)} |\n|---{string.Concat(columns.Skip(1).Select(_ => "|--:"))}|");
    }

    private static void WriteRow(StudyCell cell, string first, IEnumerable<string> values) =>
        Console.WriteLine($"| {cell.Name} | {first} | {string.Join(" | ", values)} |");
}
