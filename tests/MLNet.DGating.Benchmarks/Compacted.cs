using System.Diagnostics;
using MLNet.DGating.Modules;
using MLNet.DGating.Torch.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.DGating.Benchmarks;

/// <summary>Compares the time of networks with dead channels before and after their removal with the operations that are left.</summary>
internal static class Compacted
{
    private const int Rounds = 12, Calls = 4;

    public static void Run()
    {
        TorchRuntime.EnsureLoaded();
        set_num_threads(1);
        Console.WriteLine("| network | one channel left of | operations ÷ | ms before | ms after | time ÷ |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|");
        foreach ((string name, Func<Sequential> make) in new (string, Func<Sequential>)[] { ("conv", Convolutional), ("resnet", Residual) })
        {
            foreach (int keptOf in new[] { 2, 4 })
            {
                Row(name, make, keptOf);
            }
        }
    }

    private static void Row(string name, Func<Sequential> make, int keptOf)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        using Sequential before = Thinned(make, keptOf), after = Thinned(make, keptOf);
        Tensor images = randn(256, 1, 28, 28);
        after.Compact(example: images);
        double operations = Flops(before) / Flops(after);

        // In turn, and by processor time: the machine may have other work.
        double[] least = [double.PositiveInfinity, double.PositiveInfinity];
        for (int i = 0; i < Rounds; i++)
        {
            least[0] = Math.Min(least[0], Milliseconds(before, images));
            least[1] = Math.Min(least[1], Milliseconds(after, images));
        }

        Console.WriteLine($"| {name} | {keptOf} | {operations:f1} | {least[0]:f1} | {least[1]:f1} | {least[0] / least[1]:f1} |");
    }

    private static double Flops(Sequential network) => Sparsity.Report(network, [1, 1, 28, 28]).Flops;

    private static double Milliseconds(Sequential network, Tensor images)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan start = process.TotalProcessorTime;
        for (int i = 0; i < Calls; i++)
        {
            network.call(images).Dispose();
        }

        process.Refresh();
        return (process.TotalProcessorTime - start).TotalMilliseconds / Calls;
    }

    // Only every second or fourth channel of each normalization stays.
    private static Sequential Thinned(Func<Sequential> make, int keptOf)
    {
        Sequential network = make();
        network.eval();
        foreach (BatchNorm2d norm in network.modules().OfType<BatchNorm2d>())
        {
            using Tensor kept = arange(norm.num_features, int64).remainder(keptOf).eq(0).to(float32);
            norm.weight!.mul_(kept);
            norm.bias!.mul_(kept);
        }

        return network;
    }

    private static Sequential Convolutional() => Sequential(
        ("conv1", Conv2d(1, 32, 3, stride: 2, padding: 1, bias: false)), ("bn1", BatchNorm2d(32)), ("relu1", ReLU()),
        ("conv2", Conv2d(32, 32, 3, padding: 1, bias: false)), ("bn2", BatchNorm2d(32)), ("relu2", ReLU()), ("pool", MaxPool2d(2)),
        ("conv3", Conv2d(32, 64, 3, padding: 1, bias: false)), ("bn3", BatchNorm2d(64)), ("relu3", ReLU()),
        ("conv4", Conv2d(64, 64, 3, padding: 1, bias: false)), ("bn4", BatchNorm2d(64)), ("relu4", ReLU()),
        ("mean", AdaptiveAvgPool2d(1)), ("flat", Flatten()), ("fc", Linear(64, 10)));

    private static Sequential Residual() => Sequential(
        ("conv", Conv2d(1, 24, 3, stride: 2, padding: 1, bias: false)), ("bn", BatchNorm2d(24)), ("relu", ReLU()),
        ("block1", new ResidualBlock(24, 24)), ("block2", new ResidualBlock(24, 24)),
        ("block3", new ResidualBlock(24, 48, stride: 2)), ("block4", new ResidualBlock(48, 48)),
        ("mean", AdaptiveAvgPool2d(1)), ("flat", Flatten()), ("fc", Linear(48, 10)));
}
