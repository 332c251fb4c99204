using System.Diagnostics;
using MLNet.DGating.Plots;
using TorchSharp.Modules;

namespace Vision;

/// <summary>Trains by every method along its λ, prints a row for each, and keeps the points of the picture.</summary>
internal sealed class Comparison(Architecture architecture, Recipe recipe, Training training, Evaluation evaluation)
{
    // The shares of channels that are removed by their norms after training.
    private static readonly double[] s_shares = [0.2, 0.4, 0.6, 0.75, 0.85];

    private readonly List<TradeOffSeries> _series = [];
    private Result _dense;

    public IReadOnlyList<TradeOffSeries> Series => _series;

    public void Run()
    {
        Console.WriteLine("  method                  λ      accuracy   operations ÷   ms for 256 images   channels left");
        Direct Plain(Sequential network) => new(architecture, network, isSlimming: false);
        double[] none = recipe.StartsAnew ? [0] : new double[recipe.Lambdas.Length];
        Each("dense", none, Plain, prunesTo: "dense, then pruned", lastOnly: true);
        foreach (double depth in new[] { 3.0, 4, 2 })
        {
            Each($"gates, D = {depth:g}", recipe.Lambdas, network => new Gated(architecture, network, depth));
        }

        Each("L2,1 directly", recipe.Lambdas, Plain, prunesTo: "L2,1, then pruned");
        Direct Slim(Sequential network) => new(architecture, network, isSlimming: true);
        Each("slimming", recipe.Lambdas, Slim, prunesTo: "slimming, pruned", scalesOnly: true);
    }

    private void Each(
        string name, double[] lambdas, Func<Sequential, Method> make, string? prunesTo = null, bool scalesOnly = false,
        bool lastOnly = false)
    {
        var clock = Stopwatch.StartNew();
        IReadOnlyList<(double Lambda, Action<Sequential> RestoreTo)> points = training.Run(architecture, make, lambdas);
        TimeSpan time = clock.Elapsed;
        points = lastOnly ? [points[^1]] : points;
        var results = new List<Result>();
        foreach ((double lambda, Action<Sequential> restoreTo) in points)
        {
            using Sequential network = evaluation.New(restoreTo);
            Result result = evaluation.Measure(network, withTime: true);
            _dense = lastOnly ? result : _dense;
            results.Add(result);
            Console.WriteLine(
                $"  {name,-20} {lambda,7:g3} {result.Accuracy,12:p2} {_dense.Flops / result.Flops,14:f2} {result.Milliseconds,19:f1}   "
                + result.Channels);
        }

        Console.WriteLine($"  {name,-20} trained in {time.TotalSeconds:f0} s");
        Keep(name, results);
        if (prunesTo is not null)
        {
            Prune(prunesTo, points, scalesOnly);
        }
    }

    // Of several networks and shares, those that no other beats at its number of operations.
    private void Prune(string name, IReadOnlyList<(double Lambda, Action<Sequential> RestoreTo)> points, bool scalesOnly)
    {
        Result[] all = [.. points.SelectMany(point => s_shares.Select(share => evaluation.Pruned(point.RestoreTo, share, scalesOnly)))];
        bool IsBest(Result one) => !all.Any(other => other.Flops < one.Flops && other.Accuracy >= one.Accuracy);
        Result[] best = [.. all.Where(IsBest).OrderByDescending(one => one.Flops)];
        string text = string.Join(", ", best.Select(one => $"{one.Accuracy:p1} at {_dense.Flops / one.Flops:f1}"));
        Console.WriteLine($"  {name,-20}         {text}");
        Keep(name, best);
    }

    // What is far below the dense network would flatten the picture.
    private void Keep(string name, IEnumerable<Result> results)
    {
        IEnumerable<Result> shown = results.Where(one => one.Accuracy > _dense.Accuracy - 0.1);
        _series.Add(new(name, [.. shown.Select(one => (_dense.Flops / one.Flops, 100 * one.Accuracy))]));
    }
}
