using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Language;

/// <summary>Lets a network write, and measures how fast it reads.</summary>
internal static class Writing
{
    /// <summary>Writes on after the start: characters drawn by their probability, with the same random numbers in every call.</summary>
    public static string Continue(Gpt network, Corpus corpus, Size size, string start, int count)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        var random = new Random(1);
        List<long> text = [.. start.Select(character => (long)Math.Max(0, Array.BinarySearch(corpus.Characters, character)))];
        for (int i = 0; i < count; i++)
        {
            using DisposeScope inner = NewDisposeScope();
            Tensor input = tensor(text.TakeLast(size.Length).ToArray(), device: corpus.Device).view(1, -1);
            Tensor sums = network.call(input)[0, -1].softmax(0).cumsum(0).cpu();
            text.Add(Math.Min(sums.lt((float)random.NextDouble()).sum().item<long>(), corpus.Characters.Length - 1));
        }

        return corpus.ToText(text);
    }

    /// <summary>Measures how many characters a second the network reads in batches, by the best of several repetitions.</summary>
    public static double CharactersPerSecond(Gpt network, Corpus corpus, Size size)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor inputs = corpus.Validation(size.Batch, size.Length).Inputs;
        double[] times = new double[31];
        for (int i = -5; i < times.Length; i++)
        {
            var clock = Stopwatch.StartNew();
            // The copy waits for a GPU.
            network.call(inputs).cpu().Dispose();
            times[Math.Max(i, 0)] = clock.Elapsed.TotalSeconds;
        }

        return size.Batch * size.Length / times.Min();
    }
}
