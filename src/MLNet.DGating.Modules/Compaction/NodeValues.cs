using MLNet.DGating.Modules.Gates;
using MLNet.DGating.Modules.Layers;
using MLNet.DGating.Modules.Wiring;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Compaction;

/// <summary>Reads from the weights what channels are at any place: constants, or not (docs/theory.md §27).</summary>
internal sealed class NodeValues(Module module, ChannelNumbers numbers)
{
    // Nodes are read by several layers, along several ways.
    private readonly Dictionary<ChannelNode, ChannelValues> _known = new(ReferenceEqualityComparer.Instance);

    public ChannelValues Of(ChannelNode node)
    {
        if (!_known.TryGetValue(node, out ChannelValues? values))
        {
            _known[node] = values = Compute(node);
        }

        return values;
    }

    /// <summary>The largest size of the numbers of each channel along an axis.</summary>
    public double[] Largest(Slices place, int count)
    {
        Tensor values = LayerTensors.Get(Layer(place.Layer), place.Tensor)!;
        return values.numel() == 0
            ? new double[count]
            : Host(values.transpose(0, place.Axis).abs().reshape(count, -1).amax([1]));
    }

    private ChannelValues Compute(ChannelNode node) => node switch
    {
        FixedNode => new([.. node.Channels.Select(_ => true)], new double[node.Channels.Length]),
        MadeNode made => Made(made),
        GroupedNode grouped => Grouped(Of(grouped.Source), (Convolution)Layer(grouped.Layer)),
        NormalizedNode normalized => Normalized(normalized, (NormBase)Layer(normalized.Layer)),
        GroupNormalizedNode normalized => GroupNormalized(Of(normalized.Source), (GroupNorm)Layer(normalized.Layer)),
        RectifiedNode rectified => Rectified(Of(rectified.Source)),
        SumNode sum => Sum(Of(sum.First), Of(sum.Second)),
        ConcatenatedNode all => ChannelValues.Concatenated(all.Parts.Select(Of)),
        _ => throw new NotSupportedException($"{node.GetType().Name} has no values."),
    };

    private ChannelValues Made(MadeNode made)
    {
        int count = numbers.Left(made.Channels).Length;
        bool[] varies = [.. Largest(made.Weight, count).Select(largest => largest != 0)];
        if (made.Bias is null)
        {
            return new(varies, new double[count]);
        }

        // Of a head's several biases only counts whether there is one; a negative one could vanish in a ReLU.
        double[] biases = Host(Layer(made.Bias.Layer), made.Bias.Tensor)!;
        return new(varies, biases.Length == count ? biases : Largest(made.Bias, count));
    }

    // An output varies if it reads a channel of its group that is not zero; padding makes constants vary too.
    private static ChannelValues Grouped(ChannelValues source, Convolution layer)
    {
        Tensor sizes = layer.weight.abs().view(layer.groups, layer.weight.shape[0] / layer.groups, layer.weight.shape[1], -1).amax([3]);
        double[] read = Host(layer.transposed ? sizes.transpose(1, 2) : sizes);
        int outputs = (int)layer.out_channels, size = outputs / (int)layer.groups, inputs = source.Count / (int)layer.groups;
        bool[] varies = new bool[outputs];
        for (int output = 0; output < outputs; output++)
        {
            int first = output / size * inputs;
            varies[output] = Enumerable.Range(0, inputs).Any(i => !source.IsZero(first + i) && read[output * inputs + i] != 0);
        }

        return new(varies, Host(layer, "bias") ?? new double[outputs]);
    }

    // scale · (x − mean) / √(variance + ε) + shift. With the statistics of the batch a constant is its own mean.
    private ChannelValues Normalized(NormalizedNode node, NormBase layer)
    {
        ChannelValues source = Of(node.Source);
        source = source.Repeated(source.Count == 0 ? 1 : numbers.Left(node.Channels).Length / source.Count);
        double[]? scale = Host(layer, "weight"), shift = Host(layer, "bias");
        double[]? mean = Host(layer, "running_mean"), variance = Host(layer, "running_var");
        bool[] varies = new bool[source.Count];
        double[] constants = new double[source.Count];
        for (int c = 0; c < source.Count; c++)
        {
            double factor = scale?[c] ?? 1;
            varies[c] = source.Varies[c] && factor != 0;
            double centred = mean is null || variance is null ? 0 : (source.Constants[c] - mean[c]) / Math.Sqrt(variance[c] + layer.eps);
            constants[c] = (source.Varies[c] ? 0 : factor * centred) + (shift?[c] ?? 0);
        }

        return new(varies, constants);
    }

    // A group of zeros stays zero before its shifts; where any channel is not zero, all of its group may vary.
    private static ChannelValues GroupNormalized(ChannelValues source, GroupNorm layer)
    {
        double[] scale = Host(layer, "weight")!, shift = Host(layer, "bias")!;
        int size = source.Count / (int)layer.num_groups;
        bool IsZero(int group) => Enumerable.Range(group * size, size).All(source.IsZero);
        return new([.. Enumerable.Range(0, source.Count).Select(c => scale[c] != 0 && !IsZero(c / size))], shift);
    }

    private static ChannelValues Rectified(ChannelValues source) =>
        source with { Constants = [.. source.Constants.Select(value => Math.Max(0, value))] };

    private static ChannelValues Sum(ChannelValues first, ChannelValues second) => new(
        [.. first.Varies.Zip(second.Varies, (a, b) => a || b)], [.. first.Constants.Zip(second.Constants, (a, b) => a + b)]);

    private Module Layer(string name) => ModuleNames.Get(module, name);

    private static double[]? Host(Module layer, string name) => LayerTensors.Get(layer, name) is { } values ? Host(values) : null;

    private static double[] Host(Tensor values) => [.. values.detach().to_type(float64).cpu().contiguous().data<double>()];
}
