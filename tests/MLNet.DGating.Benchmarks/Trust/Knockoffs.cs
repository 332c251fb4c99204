using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Knockoffs;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Native;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Benchmarks;

/// <summary>How many selected columns are false, and how many true ones are selected, by knockoffs on generated rows.</summary>
/// <remarks>
/// The lasso sees the knockoffs of the first draw. Its statistic is the signed maximum of the λ at which a column and its knockoff enter.
/// </remarks>
internal static class Knockoffs
{
    private static readonly double[] s_rates = [0.1, 0.2];

    public static void Run(Arguments arguments)
    {
        int repetitions = arguments.Integer("repetitions", 30), draws = arguments.Integer("draws", 10);
        int first = arguments.Integer("first", 0);
        string only = arguments.Text("only", "");
        // libtorch must be found before its first use.
        Console.WriteLine(TorchRuntime.Warning ?? $"False discovery rate ± standard error / power, {repetitions} repetitions.");
        Console.WriteLine($"| design | rows × columns, signals | q | D-Gating, 1 draw | D-Gating, {draws} draws | lasso, 1 draw |");
        Console.WriteLine("|---|---|--:|---|---|---|");
        foreach (KnockoffDesign design in KnockoffDesign.All().Where(design => design.Name.Contains(only, StringComparison.Ordinal)))
        {
            Trial[][] trials = [.. Enumerable.Range(first, repetitions).Select(seed => Try(design, seed, draws, arguments.Threads))];
            for (int i = 0; i < s_rates.Length; i++)
            {
                Trial[] atRate = Array.ConvertAll(trials, trial => trial[i]);
                Console.WriteLine(
                    $"| {design.Name} | {design.Rows} × {design.Columns}, {design.Signals} | {s_rates[i]} " +
                    $"| {Cell(atRate, trial => trial.One)} | {Cell(atRate, trial => trial.Several)} " +
                    $"| {Cell(atRate, trial => trial.Lasso)} |");
            }
        }
    }

    private static Trial[] Try(KnockoffDesign design, int seed, int draws, int threads)
    {
        (TrainingSet data, int[] signals) = design.Draw(seed);
        int[] rows = [.. Enumerable.Range(0, data.Rows)];
        var settings = new FitSettings { Seed = seed };
        using var workflow = new FitWorkflow(
            data, settings, RunExecutor.Create(data, new ExecutionSettings { NumberOfThreads = threads }, RunContext.Silent),
            RunContext.Silent);
        double[][] statistics = KnockoffFit.Run(workflow, rows, s_rates[0], draws).Statistics;

        var random = new RandomStream(KnockoffFit.SeedOf(settings, 0), RandomPurpose.Knockoffs);
        double[] entries = LassoPath.Entries(data.WithKnockoffs(KnockoffModel.Of(data, rows), rows, random));
        double[] ofLasso =
            [.. entries.Chunk(2).Select(pair => Math.Max(pair[0], pair[1]) * Math.Sign(pair[0] - pair[1]))];
        return Array.ConvertAll(s_rates, rate => new Trial(
            Judge(statistics[..1], signals, rate), Judge(statistics, signals, rate), Judge([ofLasso], signals, rate)));
    }

    private static (double False, double Power) Judge(double[][] statistics, int[] signals, double rate)
    {
        int columns = statistics[0].Length;
        int[] selected = KnockoffFilter.Select(KnockoffFilter.EValues(statistics, columns, rate), columns, rate);
        int right = selected.Count(signals.Contains);
        return ((double)(selected.Length - right) / Math.Max(1, selected.Length), (double)right / signals.Length);
    }

    private static string Cell(Trial[] trials, Func<Trial, (double False, double Power)> of)
    {
        var share = Estimate.Of(trials.Select(trial => of(trial).False));
        return $"{share.Mean:f3} ± {share.Error:f3} / {trials.Average(trial => of(trial).Power):f2}";
    }

    private sealed record Trial(
        (double False, double Power) One, (double False, double Power) Several, (double False, double Power) Lasso);
}
