using System.Diagnostics;
using MLNet.DGating.Plots;
using TorchSharp.Modules;

namespace Vision;

/// <summary>Trains by every method at its λ, prints a row for each, and keeps the points of the picture.</summary>
internal sealed class Comparison(Architecture architecture, Recipe recipe, Training training, Evaluation evaluation)
{
    // The shares of channels that are removed by their norms after training.
    private static readonly double[] s_shares = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];

    private readonly List<TradeOffSeries> _series = [];
    private double _best;

    public IReadOnlyList<TradeOffSeries> Series => _series;

    /// <param name="only">The beginning of the names of the methods to train; empty for all.</param>
    public void Run(string only)
    {
        Console.WriteLine("  method                  λ      accuracy   operations ÷   ms for 256 images   channels left       training");
        Direct Plain(Sequential network) => new(architecture, network, isSlimming: false);
        Direct Slim(Sequential network) => new(architecture, network, isSlimming: true);
        Method Gates(Sequential network, double depth) => new Gated(architecture, network, depth);
        (string Name, double[] Lambdas, Func<Sequential, Method> Make, string? PrunesTo)[] methods =
        [
            ("dense", [0], Plain, "dense, then pruned"),
            ("gates, D = 3", recipe.Gated, network => Gates(network, 3), null),
            ("gates, D = 4", recipe.Gated, network => Gates(network, 4), null),
            ("gates, D = 2", recipe.Gated, network => Gates(network, 2), null),
            ("L2,1 directly", recipe.Direct, Plain, "L2,1, then pruned"),
            ("slimming", recipe.Direct, Slim, "slimming, pruned"),
        ];
        foreach ((string name, double[] lambdas, Func<Sequential, Method> make, string? prunesTo) in methods)
        {
            if (name.StartsWith(only, StringComparison.Ordinal))
            {
                Each(name, lambdas, make, prunesTo);
            }
        }
    }

    private void Each(string name, double[] lambdas, Func<Sequential, Method> make, string? prunesTo)
    {
        var results = new List<Result>();
        var pruned = new List<Result>();
        foreach (double lambda in lambdas)
        {
            var clock = Stopwatch.StartNew();
            using Sequential network = training.Run(architecture, make, lambda);
            TimeSpan time = clock.Elapsed;
            if (prunesTo is not null)
            {
                pruned.AddRange(s_shares.Select(share => evaluation.Pruned(network, share, scalesOnly: name == "slimming")));
            }

            Result result = evaluation.Measure(network, withTime: true);
            results.Add(result);
            Console.WriteLine(
                $"  {name,-20} {lambda,7:g3} {result.Accuracy,12:p2} {evaluation.DenseFlops / result.Flops,14:f2} "
                + $"{result.Milliseconds,19:f1}   {result.Channels,-20} {time.TotalSeconds,5:f0} s");
        }

        Keep(name, results);
        if (prunesTo is not null)
        {
            Prune(prunesTo, pruned);
        }
    }

    // Of several networks and shares, those that no other beats at its number of operations.
    private void Prune(string name, List<Result> all)
    {
        bool IsBest(Result one) => !all.Any(other => other.Flops < one.Flops && other.Accuracy >= one.Accuracy);
        Result[] best = [.. all.Where(IsBest).OrderByDescending(one => one.Flops)];
        string text = string.Join(", ", best.Select(one => $"{one.Accuracy:p1} at {evaluation.DenseFlops / one.Flops:f1}"));
        Console.WriteLine($"  {name,-20}         {text}");
        Keep(name, best);
    }

    // What is far below the best would flatten the picture.
    private void Keep(string name, IReadOnlyCollection<Result> results)
    {
        _best = Math.Max(_best, results.Max(one => one.Accuracy));
        IEnumerable<Result> shown = results.Where(one => one.Accuracy > _best - 0.1);
        _series.Add(new(name, [.. shown.Select(one => (evaluation.DenseFlops / one.Flops, 100 * one.Accuracy))]));
    }
}
