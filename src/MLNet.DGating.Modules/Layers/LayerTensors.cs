using TorchSharp.Modules;

namespace MLNet.DGating.Modules.Layers;

/// <summary>Reads the tensors of layers and exchanges them for others of another size.</summary>
internal static class LayerTensors
{
    /// <summary>Gives a parameter or buffer; null where the layer has none of this name.</summary>
    public static Tensor? Get(Module layer, string name) => layer.get_parameter(name) ?? layer.get_buffer(name);

    /// <summary>Gives the slices in which outputs of a layer lie: its weight and its bias.</summary>
    public static Slices[] Outputs(string path, Module layer) => layer switch
    {
        Convolution { groups: not 1 } => throw Grouped(path),
        Convolution { transposed: true } => [new(path, "weight", 1), new(path, "bias", 0)],
        Convolution or Linear => [new(path, "weight", 0), new(path, "bias", 0)],
        Embedding => [new(path, "weight", 1)],
        _ => throw NotALayer(path, layer),
    };

    /// <summary>Gives the slice in which inputs of a layer lie.</summary>
    public static Slices Inputs(string path, Module layer) => layer switch
    {
        Convolution { groups: not 1 } => throw Grouped(path),
        Convolution { transposed: true } => new(path, "weight", 0),
        Convolution or Linear => new(path, "weight", 1),
        _ => throw NotALayer(path, layer),
    };

    /// <summary>Gives the slices of a normalization, or of a convolution in groups: one axis with inputs and outputs.</summary>
    public static Slices[] Passed(string path, Module layer) => layer switch
    {
        NormBase => [new(path, "weight", 0), new(path, "bias", 0), new(path, "running_mean", 0), new(path, "running_var", 0)],
        GroupNorm or Convolution { groups: not 1 } => [new(path, "weight", 0), new(path, "bias", 0)],
        LayerNorm => throw new NotSupportedException($"Channels cannot be passed through '{path}': {MixesAll(path, layer)}. Keep them."),
        _ => throw new NotSupportedException(
            $"Layer '{path}' is a {layer.GetType().Name}, which mixes channels or is unknown. Between a layer that makes channels and one "
            + "that reads them may stand batch normalizations."),
    };

    /// <summary>Says why a normalization over all channels cannot lose some of them.</summary>
    public static string MixesAll(string path, Module layer) =>
        $"'{path}' is a {layer.GetType().Name}, which takes mean and deviation over all of them, so that the others would change";

    /// <summary>The groups of a convolution or normalization; 1 for other layers.</summary>
    public static long GroupsOf(Module layer) => layer switch
    {
        Convolution convolution => convolution.groups,
        GroupNorm norm => norm.num_groups,
        _ => 1,
    };

    /// <summary>Exchanges a parameter or buffer of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The name of the parameter or buffer.</param>
    /// <param name="value">Its new value.</param>
    /// <param name="groups">The groups that the layer has with a new weight.</param>
    public static void Set(Module layer, string name, Tensor value, long groups)
    {
        bool trains = layer.get_parameter(name)?.requires_grad == true;
        switch (layer, name)
        {
            case (Convolution convolution, "weight"):
                ConvolutionSizes.SetWeight(convolution, new Parameter(value, trains), groups);
                break;
            case (Convolution convolution, "bias"):
                convolution.bias = new Parameter(value, trains);
                break;
            case (Linear linear, "weight"):
                linear.weight = new Parameter(value, trains);
                (linear.out_features, linear.in_features) = (linear.weight.shape[0], linear.weight.shape[1]);
                break;
            case (Linear linear, "bias"):
                linear.bias = new Parameter(value, trains);
                break;
            case (Embedding embedding, "weight"):
                embedding.weight = (Parameter)new Parameter(value, trains).DetachFromDisposeScope();
                break;
            case (GroupNorm norm, "weight"):
                (norm.weight, norm.num_groups) = (new Parameter(value, trains), groups);
                break;
            case (GroupNorm norm, "bias"):
                norm.bias = new Parameter(value, trains);
                break;
            case (NormBase norm, "weight"):
                norm.weight = new Parameter(value, trains);
                break;
            case (NormBase norm, "bias"):
                norm.bias = new Parameter(value, trains);
                break;
            case (NormBase norm, "running_mean"):
                norm.running_mean = value;
                break;
            case (NormBase norm, "running_var"):
                norm.running_var = value;
                break;
            default:
                throw new NotSupportedException($"'{name}' of a {layer.GetType().Name} cannot be exchanged.");
        }
    }

    private static NotSupportedException Grouped(string path) => new(
        $"Layer '{path}' is a convolution in groups, whose outputs stay or go with its inputs. Let it stand between the layer that makes "
        + "them and the one that reads them, in Feeds, or give it to Pass.");

    private static NotSupportedException NotALayer(string path, Module layer) => new(
        $"Layer '{path}' is a {layer.GetType().Name}. Channels are made by convolutions, linear layers and embeddings, and read by "
        + "convolutions and linear layers.");
}
