namespace MLNet.DGating.Benchmarks;

/// <summary>Recovers groups of a linear regression along a grid of λ, as the paper's figure 4 does, with D up to 20 beside its D.</summary>
internal static class Recovery
{
    /// <summary>The norm below which a group counts as zero.</summary>
    private const double Zero = 1e-6;

    private const int GridLength = 30;
    private const double LeastLambda = 1e-5, GreatestLambda = 15;

    public static void Run(Arguments arguments)
    {
        int simulations = arguments.Integer("simulations", 10);
        GroupLassoProblem[] problems = [.. Enumerable.Range(0, simulations).Select(seed => new GroupLassoProblem(seed))];
        double[] depths = [.. arguments.Text("depths", "2,3,4,6,10,20").Split(',').Select(double.Parse)];
        Console.WriteLine(
            $"Group recovery: {simulations} simulations, {GridLength} λ from {LeastLambda:g} to {GreatestLambda:g} of half the " +
            "mean squared error.");
        Console.WriteLine(
            "| method | at its best λ: test error | groups (of them true) | some λ has exactly the true groups | test error there " +
            "| λ with a zero group | seconds |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|");
        double[] oracle = [.. problems.Select(problem => problem.TestError(GroupLassoMethods.Oracle(problem)))];
        Console.WriteLine($"| oracle | {Mean(oracle)} | 7 (7) | | | | |");
        Write("proximal, group lasso", problems, (problem, lambda, _) => GroupLassoMethods.Proximal(problem, lambda));
        Write("direct descent, group lasso", problems, (problem, lambda, _) => GroupLassoMethods.Direct(problem, lambda));
        foreach (double depth in depths)
        {
            Write($"D-Gating, D = {depth:g}", problems, (problem, lambda, seed) => GroupLassoMethods.Gated(problem, depth, lambda, seed));
        }

        Console.WriteLine();
        Console.WriteLine("Groups above 1e-6 after so many iterations, D-Gating at λ = 0.1, the first simulation:");
        Console.WriteLine($"| D | {string.Join(" | ", Enumerable.Range(1, 15).Select(part => 100 * part))} |");
        Console.WriteLine($"|--:|{string.Concat(Enumerable.Repeat("--:|", 15))}");
        foreach (double depth in depths)
        {
            var alive = new List<int>();
            GroupLassoMethods.Gated(problems[0], depth, 0.1, seed: 0, (_, norms) => alive.Add(norms.Count(norm => norm > Zero)));
            Console.WriteLine($"| {depth:g} | {string.Join(" | ", alive)} |");
        }
    }

    private static void Write(string name, GroupLassoProblem[] problems, Func<GroupLassoProblem, double, int, double[]> fit)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Found[][] all =
        [
            .. problems.Select((problem, seed) => Grid().Select(lambda => Found.Of(problem, fit(problem, lambda, seed))).ToArray()),
        ];
        double seconds = clock.Elapsed.TotalSeconds / problems.Length / GridLength;
        Found[] best = Array.ConvertAll(all, found => found.MinBy(one => one.Error)!);
        Found[] exact = [.. all.Select(found => found.Where(one => one.IsExact).MinBy(one => one.Error)).OfType<Found>()];
        Console.WriteLine(
            $"| {name} | {Mean(best.Select(one => one.Error))} " +
            $"| {best.Average(one => one.Kept):f1} ({best.Average(one => one.True):f1}) | " +
            $"{exact.Length} of {problems.Length} | {(exact.Length > 0 ? Mean(exact.Select(one => one.Error)) : "")} | " +
            $"{all.Average(found => found.Count(one => one.Kept < GroupLassoProblem.Groups)):f1} of {GridLength} | {seconds:f2} |");
    }

    private static IEnumerable<double> Grid() => Enumerable.Range(0, GridLength).Select(i =>
        LeastLambda * Math.Pow(GreatestLambda / LeastLambda, i / (GridLength - 1.0)));

    private static string Mean(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return all.Length > 1 ? $"{all.Average():f2} ± {TableResult.StandardError(all):f2}" : $"{all[0]:f2}";
    }

    /// <summary>The result at one λ. A fit that diverged has an infinite error and keeps every group.</summary>
    private sealed record Found(double Error, int Kept, int True)
    {
        public bool IsExact => Kept == GroupLassoProblem.Informative && True == Kept;

        public static Found Of(GroupLassoProblem problem, double[] weights)
        {
            double[] norms = GroupLassoProblem.Norms(weights);
            double error = problem.TestError(weights);
            return double.IsFinite(error)
                ? new Found(error, norms.Count(norm => norm > Zero), norms.Take(GroupLassoProblem.Informative).Count(norm => norm > Zero))
                : new Found(double.PositiveInfinity, GroupLassoProblem.Groups, GroupLassoProblem.Informative);
        }
    }
}
