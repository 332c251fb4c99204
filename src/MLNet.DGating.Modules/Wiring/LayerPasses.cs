using MLNet.DGating.Modules.Layers;
using TorchSharp.Modules;

namespace MLNet.DGating.Modules.Wiring;

/// <summary>Passes channels through layers of a network by what is known of their kinds.</summary>
internal sealed class LayerPasses(ModuleWiring wiring)
{
    /// <summary>Gives the channels behind a layer; null where they are fixed.</summary>
    public Channels? Pass(string name, Module module, Channels? input)
    {
        switch (module)
        {
            case IWired wired:
                return wired.Wire(wiring, name, input);
            case Convolution { groups: not 1 } convolution:
                return input is null ? null : wiring.PassGroups(
                    input, name, (int)convolution.in_channels, (int)convolution.groups, isNormalization: false);
            case Convolution or Linear or Embedding:
                if (input is not null)
                {
                    wiring.Read(input, name);
                }

                return wiring.Make(name);
            case NormBase:
                return input is null ? null : wiring.Normalize(input, name);
            case GroupNorm { num_groups: > 1, weight: not null } norm:
                return input is null ? null : wiring.PassGroups(
                    input, name, (int)norm.weight.shape[0], (int)norm.num_groups, isNormalization: true);
            case ReLU:
                return input is null ? null : wiring.Rectify(input);
            case LayerNorm or GroupNorm:
                wiring.Keep(input, LayerTensors.MixesAll(name, module));
                return null;
            case Sequential:
                return Chain(name, module, input);
            default:
                return KnownLayers.TakeZeroToZero(module) ? input : throw Unknown(name, module);
        }
    }

    /// <summary>Passes channels through the layers of a <c>Sequential</c>, one after the other.</summary>
    public Channels? Chain(string name, Module module, Channels? input)
    {
        if (module is not Sequential)
        {
            throw new NotSupportedException(
                $"A {module.GetType().Name} does not say how its layers are wired. Let it implement IWired, or describe it with Feeds.");
        }

        Channels? channels = input;
        foreach ((string child, Module layer) in module.named_children())
        {
            channels = Pass(ModuleWiring.Join(name, child), layer, channels);
        }

        return channels;
    }

    private static NotSupportedException Unknown(string name, Module module) => new(
        $"Layer '{name}' is a {module.GetType().Name}, and it is not known what it does with channels. Let it implement IWired, or "
        + "describe the network with Feeds.");
}
