using MLNet.DGating.Modules.Gates;
using MLNet.DGating.Modules.Layers;
using MLNet.DGating.Modules.Wiring;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Compaction;

/// <summary>Reads from the weights which channels are dead: zero for every input, or read by nothing (docs/theory.md §27).</summary>
internal sealed class ChannelReader(Module module)
{
    /// <summary>Tells which channels of a set can go without a change of any output.</summary>
    public bool[] Dead(Width width)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        bool[] dead = new bool[width.Count];
        if (!width.MayShrink)
        {
            return dead;
        }

        Array.Fill(dead, true);
        foreach ((ChannelNode node, Slices place) in width.Readers)
        {
            ChannelValues values = Values(node);
            double[] read = Largest(place, width.Count);
            for (int c = 0; c < dead.Length; c++)
            {
                dead[c] &= values.IsZero(c) || read[c] == 0;
            }
        }

        return dead;
    }

    private ChannelValues Values(ChannelNode node) => node switch
    {
        MadeNode made => Made(made),
        NormalizedNode normalized => Normalized(Values(normalized.Source), ModuleNames.Get(module, normalized.Layer)),
        RectifiedNode rectified => Rectified(Values(rectified.Source)),
        SumNode sum => Sum(Values(sum.First), Values(sum.Second)),
        _ => throw new NotSupportedException($"{node.GetType().Name} has no values."),
    };

    private ChannelValues Made(MadeNode made)
    {
        long count = made.Of.Root.Count;
        bool[] varies = [.. Largest(made.Weight, count).Select(largest => largest != 0)];
        if (made.Bias is null)
        {
            return new(varies, new double[count]);
        }

        // Of a head's several biases only counts whether there is one; a negative one could vanish in a ReLU.
        double[] biases = Numbers(ModuleNames.Get(module, made.Bias.Layer), made.Bias.Tensor)!;
        return new(varies, biases.LongLength == count ? biases : Largest(made.Bias, count));
    }

    // scale · (x − mean) / √(variance + ε) + shift. With the statistics of the batch a constant is its own mean.
    private static ChannelValues Normalized(ChannelValues source, Module layer)
    {
        double[]? scale = Numbers(layer, "weight"), shift = Numbers(layer, "bias");
        double[]? mean = Numbers(layer, "running_mean"), variance = Numbers(layer, "running_var");
        double epsilon = ((NormBase)layer).eps;
        int count = source.Varies.Length;
        bool[] varies = new bool[count];
        double[] constants = new double[count];
        for (int c = 0; c < count; c++)
        {
            double factor = scale?[c] ?? 1;
            varies[c] = source.Varies[c] && factor != 0;
            double centred = mean is null || variance is null ? 0 : (source.Constants[c] - mean[c]) / Math.Sqrt(variance[c] + epsilon);
            constants[c] = (source.Varies[c] ? 0 : factor * centred) + (shift?[c] ?? 0);
        }

        return new(varies, constants);
    }

    private static ChannelValues Rectified(ChannelValues source) =>
        source with { Constants = [.. source.Constants.Select(value => Math.Max(0, value))] };

    private static ChannelValues Sum(ChannelValues first, ChannelValues second) => new(
        [.. first.Varies.Zip(second.Varies, (a, b) => a || b)], [.. first.Constants.Zip(second.Constants, (a, b) => a + b)]);

    // The largest size of the numbers of each channel.
    private double[] Largest(Slices place, long count)
    {
        Tensor values = LayerTensors.Get(ModuleNames.Get(module, place.Layer), place.Tensor)!;
        if (values.numel() == 0)
        {
            return new double[count];
        }

        Tensor rows = values.transpose(0, place.Axis).abs().reshape(count, -1);
        return Numbers(rows.amax([1]));
    }

    private static double[]? Numbers(Module layer, string name) => LayerTensors.Get(layer, name) is { } values ? Numbers(values) : null;

    private static double[] Numbers(Tensor values) => [.. values.detach().to_type(float64).cpu().contiguous().data<double>()];
}
