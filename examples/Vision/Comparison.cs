using System.Diagnostics;
using MLNet.DGating.Plots;
using TorchSharp;
using TorchSharp.Modules;

namespace Vision;

/// <summary>Trains by every method at its λ, removes, trains what is left again and prints a row for each.</summary>
/// <remarks>The picture shows what was trained to the end: all epochs, whatever the method.</remarks>
internal sealed class Comparison(Architecture architecture, Recipe recipe, Training training, Evaluation evaluation)
{
    // The channels that networks have which are small from the start.
    private static readonly double[] s_small = [0.5, 0.35];

    private readonly List<TradeOffSeries> _series = [];
    private double _best;

    public IReadOnlyList<TradeOffSeries> Series => _series;

    /// <param name="only">The beginning of the names of the methods to train; empty for all.</param>
    public void Run(string only)
    {
        Console.WriteLine(
            "  method                  λ    accuracy   trained again   operations ÷   ms for 256 images   channels left          seconds");
        int all = recipe.Epochs + recipe.RefitEpochs;
        void Each(string name, Action<string> run)
        {
            if (name.StartsWith(only, StringComparison.Ordinal))
            {
                run(name);
            }
        }

        Each("dense", name => Keep(name, [Whole(name, 1, all)]));
        Each("small at first", name => Keep(name, [.. s_small.Select(share => Whole(name, share, all))]));
        foreach (double depth in new[] { 3.0, 4, 2 })
        {
            Each($"gates, D = {depth}", name => Keep(name, [.. recipe.Gated.Select(lambda => Gated(name, depth, lambda))]));
        }

        Each("L2,1 directly", name => Direct(name, "L2,1, then pruned", isSlimming: false, recipe.Direct));
        Each("slimming", name => Direct(name, "slimming, pruned", isSlimming: true, recipe.Direct));
        Each("plain", name => Direct(name, "dense, then pruned", isSlimming: false, [0]));
    }

    private Result Whole(string name, double share, int epochs)
    {
        var clock = Stopwatch.StartNew();
        using Sequential network = architecture.Create(share).to(evaluation.Device);
        using var plain = new Direct(architecture, network, isSlimming: false);
        training.Run(network, plain, 0, epochs);
        return Row(name, 0, network, clock, isLast: true);
    }

    private Result Gated(string name, double depth, double lambda)
    {
        var clock = Stopwatch.StartNew();
        using Sequential network = architecture.Create().to(evaluation.Device);
        using (var gated = new Gated(architecture, network, depth))
        {
            training.Run(network, gated, lambda, recipe.Epochs);
        }

        return Row(name, lambda, network, clock);
    }

    private void Direct(string name, string prunesTo, bool isSlimming, double[] lambdas)
    {
        var pruned = new List<Result>();
        foreach (double lambda in lambdas)
        {
            var clock = Stopwatch.StartNew();
            using Sequential network = architecture.Create().to(evaluation.Device);
            using var method = new Direct(architecture, network, isSlimming);
            training.Run(network, method, lambda, recipe.Epochs);
            foreach (double share in recipe.Shares)
            {
                using Sequential copy = evaluation.Pruned(network, share, isSlimming);
                pruned.Add(Row($"{prunesTo} {share:g2}", lambda, copy, clock));
            }

            Row(name, lambda, network, clock, isLast: true);
        }

        Keep(prunesTo, pruned);
    }

    // Removes what is dead, measures, trains again and measures.
    private Result Row(string name, double lambda, Sequential network, Stopwatch clock, bool isLast = false)
    {
        Result result = evaluation.Measure(network), again = result;
        if (!isLast && recipe.RefitEpochs > 0)
        {
            using var plain = new Direct(architecture, network, isSlimming: false);
            training.Refit(network, plain);
            again = evaluation.Measure(network);
        }

        string second = isLast ? "" : $"{again.Accuracy:p2}";
        Console.WriteLine(
            $"  {name,-20} {lambda,7:g3} {result.Accuracy,10:p2} {second,15} {evaluation.DenseFlops / result.Flops,14:f2} "
            + $"{evaluation.Milliseconds(network),19:f1}   {result.Channels,-20} {clock.Elapsed.TotalSeconds,9:f0}");
        return again;
    }

    // What is far below the best would flatten the picture.
    private void Keep(string name, IReadOnlyCollection<Result> results)
    {
        _best = Math.Max(_best, results.Max(one => one.Accuracy));
        IEnumerable<Result> shown = results.Where(one => one.Accuracy > _best - 0.1).OrderByDescending(one => one.Flops);
        _series.Add(new(name, [.. shown.Select(one => (evaluation.DenseFlops / one.Flops, 100 * one.Accuracy))]));
    }
}
