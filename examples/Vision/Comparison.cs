using System.Diagnostics;
using MLNet.DGating.Plots;
using TorchSharp.Modules;

namespace Vision;

/// <summary>Trains every method at its λ, prints a row for each, and keeps the points of the picture.</summary>
internal sealed class Comparison(Architecture architecture, Recipe recipe, Training training, Evaluation evaluation)
{
    // The shares of channels that are removed by their norms after training.
    private static readonly double[] s_shares = [0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    private readonly List<TradeOffSeries> _series = [];
    private Result _dense;

    public IReadOnlyList<TradeOffSeries> Series => _series;

    public void Run()
    {
        Console.WriteLine("  method                  λ      accuracy   operations ÷   ms for 256 images   channels left       training");
        Sequential dense = Trained("dense", 0, network => new Direct(architecture, network, 0, isSlimming: false), out _dense);
        foreach (double depth in new[] { 2.0, 3, 4 })
        {
            Each($"gates, D = {depth:g}", recipe.Gated, (network, lambda) => new Gated(architecture, network, depth, lambda, recipe.GatedFactor));
        }

        Direct Make(Sequential network, double lambda) => new(architecture, network, lambda, isSlimming: false);
        Direct Slim(Sequential network, double lambda) => new(architecture, network, lambda, isSlimming: true);
        Each("L2,1 directly", recipe.Direct, Make, prunesTo: "L2,1, then pruned");
        Each("slimming", recipe.Slimming, Slim, prunesTo: "slimming, pruned", scalesOnly: true);
        Prune("dense, then pruned", [dense], scalesOnly: false);
        dense.Dispose();
    }

    private void Each(
        string name, double[] lambdas, Func<Sequential, double, Method> make, string? prunesTo = null, bool scalesOnly = false)
    {
        var points = new List<Result>();
        var networks = new List<Sequential>();
        foreach (double lambda in lambdas)
        {
            networks.Add(Trained(name, lambda, network => make(network, lambda), out Result result));
            points.Add(result);
        }

        Keep(name, points);
        if (prunesTo is not null)
        {
            Prune(prunesTo, networks, scalesOnly);
        }

        networks.ForEach(network => network.Dispose());
    }

    private Sequential Trained(string name, double lambda, Func<Sequential, Method> make, out Result result)
    {
        var clock = Stopwatch.StartNew();
        Sequential network = training.Run(architecture, make);
        TimeSpan time = clock.Elapsed;
        result = evaluation.Measure(network, withTime: true);
        if (_dense.Flops == 0)
        {
            _dense = result;
        }

        Console.WriteLine(
            $"  {name,-20} {lambda,7:g3} {result.Accuracy,12:p2} {_dense.Flops / result.Flops,14:f2} {result.Milliseconds,19:f1}   "
            + $"{result.Channels,-20} {time.TotalSeconds,5:f0} s");
        return network;
    }

    // Of several networks and shares, those that no other beats at its number of operations.
    private void Prune(string name, IReadOnlyList<Sequential> networks, bool scalesOnly)
    {
        Result[] all = [.. networks.SelectMany(network => s_shares.Select(share => evaluation.Pruned(network, share, scalesOnly)))];
        bool IsBest(Result one) => !all.Any(other => other.Flops < one.Flops && other.Accuracy >= one.Accuracy);
        Result[] best = [.. all.Where(IsBest).OrderByDescending(one => one.Flops)];
        string points = string.Join(", ", best.Select(one => $"{one.Accuracy:p1} at {_dense.Flops / one.Flops:f1}"));
        Console.WriteLine($"  {name,-20}         {points}");
        Keep(name, best);
    }

    // What is far below the dense network would flatten the picture.
    private void Keep(string name, IEnumerable<Result> results)
    {
        IEnumerable<Result> shown = results.Where(one => one.Accuracy > _dense.Accuracy - 0.1);
        _series.Add(new(name, [.. shown.Select(one => (_dense.Flops / one.Flops, 100 * one.Accuracy))]));
    }
}
