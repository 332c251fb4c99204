namespace MLNet.DGating.Benchmarks;

/// <summary>Measures the time of an iteration and the peak memory by the numbers of rows and features.</summary>
/// <remarks>Each cell of the table has a process of its own, whose rows come from a cursor that does not keep them in memory.</remarks>
internal static class Scale
{
    private const string DefaultRows = "1000,10000,100000,1000000,10000000", DefaultFeatures = "10,100,1000,10000,100000";

    // The memory may be 1.5 times that of the matrix, plus what libtorch and the runtime take without rows.
    private const double AllowedRatio = 1.5, AllowedBytes = 300e6;

    public static void Run(Arguments arguments)
    {
        double budget = 1e9 * (arguments.Number("memory") ?? 4);
        Console.WriteLine(
            "| rows × features | matrix, MB | peak, MB | peak / matrix | (peak − 300 MB) / matrix | ≤ 1.5 × matrix + 300 MB " +
            "| dense iteration, ms | rows of it | last of the path, ms | on features | iterations | fit, s |");
        Console.WriteLine("|---|--:|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|");
        foreach (int rows in Numbers("rows", DefaultRows))
        {
            foreach (int features in Numbers("features", DefaultFeatures))
            {
                double bytes = 4.0 * rows * features;
                string line = bytes > budget ? "skipped: the matrix is larger than --memory"
                    : ScaleCell.Measure(rows, features, arguments.Threads) is { } cell ? Line(cell, bytes)
                    : "failed: see the error above";
                Console.WriteLine($"| {rows:n0} × {features:n0} | {bytes / 1e6:n1} | {line} |");
            }
        }

        IEnumerable<int> Numbers(string name, string fallback) => arguments.Text(name, fallback).Split(',').Select(int.Parse);
    }

    private static string Line(ScaleCell cell, double bytes)
    {
        string isAllowed = cell.PeakBytes <= AllowedRatio * bytes + AllowedBytes ? "yes" : "no";
        return $"{cell.PeakBytes / 1e6:f0} | {cell.PeakBytes / bytes:f2} | {Math.Max(0, cell.PeakBytes - AllowedBytes) / bytes:f2} " +
            $"| {isAllowed} | {1e3 * cell.DenseSeconds:f1} | {cell.RowsPerIteration} " +
            $"| {1e3 * cell.PathEndSeconds:f1} | {cell.PathEndFeatures} | {cell.Iterations} | {cell.FitSeconds:f2}";
    }
}
