using System.Diagnostics;
using MLNet.DGating.Modules;
using MLNet.DGating.Plots;
using TorchSharp;
using static TorchSharp.torch;

namespace Language;

/// <summary>Trains networks at several λ and depths, removes their dead heads, and prints what is left.</summary>
internal sealed class Study(Corpus corpus, Size size)
{
    private readonly Training _training = new(corpus, size);
    private readonly List<TradeOffSeries> _series = [];

    public IReadOnlyList<TradeOffSeries> Series => _series;

    public void Run(double[] lambdas, double[] directLambdas)
    {
        Console.WriteLine(
            "  method            λ    loss   heads above 0   above a tenth: loss   by layer      characters/s before, after   training");
        Each("no penalty", [0], _training.Direct);
        Each("L2,1 directly", directLambdas, _training.Direct);
        foreach (double depth in new[] { 2.0, 3, 4 })
        {
            Each($"gates, D = {depth:g}", lambdas, lambda => _training.Gated(depth, lambda));
        }
    }

    private void Each(string name, double[] lambdas, Func<double, Gpt> train)
    {
        var points = new List<(double, double)>();
        foreach (double lambda in lambdas)
        {
            using DisposeScope scope = NewDisposeScope();
            var clock = Stopwatch.StartNew();
            using Gpt network = train(lambda);
            TimeSpan time = clock.Elapsed;
            points.Add(Report(name, lambda, network, time));
        }

        _series.Add(new(name, points));
    }

    private (double Heads, double Loss) Report(string name, double lambda, Gpt network, TimeSpan time)
    {
        double loss = _training.ValidationLoss(network);
        (int large, double lossOfLarge) = WithoutSmallHeads(network);
        double before = Writing.CharactersPerSecond(network, corpus, size);
        string written = Writing.Continue(network, corpus, size, "The ", 60);

        // Heads whose values are exactly zero go; the outputs stay what they are.
        network.Compact(example: corpus.Validation(2, size.Length).Inputs);

        int alive = network.Heads.Sum();
        double after = Writing.CharactersPerSecond(network, corpus, size);
        Console.WriteLine(
            $"  {name,-14} {lambda,7:g2} {loss,7:f3} {alive,5} of {size.Heads * size.Layers,2} {large,14}: {lossOfLarge,6:f3}          "
            + $"{string.Join(' ', network.Heads),-14} {before,13:n0} {after,9:n0} {time.TotalSeconds,16:f0} s");
        string compacted = Writing.Continue(network, corpus, size, "The ", 60);
        Console.WriteLine($"      {Line(written)}{(written == compacted ? "" : $"\n      after it: {Line(compacted)}")}");
        return (alive, loss);
    }

    // What is left if heads below a tenth of the largest norm were removed.
    private (int Heads, double Loss) WithoutSmallHeads(Gpt network)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        TorchSharp.Modules.Parameter[] values = [.. network.Values.Select(name => network.get_parameter(name)!)];
        Tensor[] kept = [.. values.Select(value => value.clone())];
        Tensor[] norms = [.. values.Select(value => value.view(size.Heads, -1).pow(2).sum(1).sqrt())];
        double largest = norms.Max(norm => norm.max().item<float>());
        int count = 0;
        foreach ((TorchSharp.Modules.Parameter value, Tensor norm) in values.Zip(norms))
        {
            Tensor mask = norm.gt(0.1 * largest).to(norm.dtype);
            count += (int)mask.sum().item<float>();
            value.view(size.Heads, -1).mul_(mask.view(-1, 1));
        }

        double loss = _training.ValidationLoss(network);
        foreach ((TorchSharp.Modules.Parameter value, Tensor old) in values.Zip(kept))
        {
            value.copy_(old);
        }

        return (count, loss);
    }

    private static string Line(string text) => text.ReplaceLineEndings("⏎");
}
