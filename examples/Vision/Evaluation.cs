using System.Diagnostics;
using MLNet.DGating.Modules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vision;

/// <summary>What is left of a network, and how good it is.</summary>
internal readonly record struct Result(double Accuracy, double Flops, string Channels);

/// <summary>Compacts networks and measures them on the test images.</summary>
internal sealed class Evaluation(Architecture architecture, Tensor images, Tensor labels)
{
    /// <summary>The operations of the network before anything is removed.</summary>
    public double DenseFlops { get; } = DenseFlopsOf(architecture, images.shape);

    public Device Device => images.device;

    /// <summary>Removes the dead channels of a network, which changes no output, and measures what is left.</summary>
    public Result Measure(Sequential network)
    {
        using Tensor some = images.narrow(0, 0, Math.Min(16, images.shape[0]));
        network.Compact(example: some);
        string channels = string.Join(' ', architecture.Groups.Select(layers => network.get_parameter($"{layers[0]}.weight")!.shape[0]));
        double flops = Sparsity.Report(network, [1, .. images.shape[1..]]).Flops;
        return new(Accuracy(network), flops, channels);
    }

    /// <summary>Copies a network and closes the channels with the smallest norms.</summary>
    /// <param name="trained">The network, which stays as it is.</param>
    /// <param name="share">The share of channels to remove, over all layers; norms are relative to their layer's largest.</param>
    /// <param name="scalesOnly">Whether scales alone are compared, as network slimming does.</param>
    public Sequential Pruned(Sequential trained, double share, bool scalesOnly)
    {
        Sequential network = CopyOf(trained);
        using (no_grad())
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor[] norms = [.. architecture.Groups.Select(layers => Method.Norms(network, layers, scalesOnly))];
            Tensor[] relative = [.. norms.Select(norm => norm / norm.max())];
            float[] all = [.. relative.SelectMany(norm => norm.cpu().data<float>())];
            Array.Sort(all);
            float least = all[(int)(share * (all.Length - 1))];
            foreach ((string[] layers, Tensor norm) in architecture.Groups.Zip(relative))
            {
                Tensor kept = norm.gt(least).to(float32);
                foreach (Parameter parameter in Method.PairsOf(network, layers))
                {
                    parameter.mul_(kept);
                }
            }
        }

        return network;
    }

    /// <summary>Measures the time for 256 images: the least of several repetitions, since the machine may have other work.</summary>
    public double Milliseconds(Sequential network)
    {
        using IDisposable noGradient = no_grad();
        using Tensor batch = images.narrow(0, 0, Math.Min(256, images.shape[0]));
        double[] times = new double[21];
        for (int i = -5; i < times.Length; i++)
        {
            var clock = Stopwatch.StartNew();
            // The copy waits for a GPU.
            network.call(batch).cpu().Dispose();
            times[Math.Max(i, 0)] = clock.Elapsed.TotalMilliseconds;
        }

        return times.Min();
    }

    private static double DenseFlopsOf(Architecture architecture, long[] shape)
    {
        using Sequential network = architecture.Create();
        return Sparsity.Report(network, [1, .. shape[1..]]).Flops;
    }

    private Sequential CopyOf(Sequential network)
    {
        using var stream = new MemoryStream();
        network.save(stream);
        Sequential copy = architecture.Create();
        copy.load(new MemoryStream(stream.ToArray()));
        copy.to(images.device).eval();
        return copy;
    }

    private double Accuracy(Sequential network)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        long right = 0;
        for (long i = 0; i < labels.shape[0]; i += 500)
        {
            using DisposeScope inner = NewDisposeScope();
            long count = Math.Min(500, labels.shape[0] - i);
            right += network.call(images.narrow(0, i, count)).argmax(1).eq(labels.narrow(0, i, count)).sum().item<long>();
        }

        return (double)right / labels.shape[0];
    }
}
