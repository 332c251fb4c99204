using MLNet.DGating.Modules.Gates;
using MLNet.DGating.Modules.Layers;
using MLNet.DGating.Modules.Wiring;
using TorchSharp.Modules;

namespace MLNet.DGating.Modules;

/// <summary>Says which layer of a network reads the channels of which, so that dead channels can be removed from all of them.</summary>
/// <remarks>
/// <see cref="Of"/> reads it from a <c>Sequential</c> of common layers, and of modules that describe themselves (<see cref="IWired"/>). The
/// forward method of any other module is C#, which says nothing about its wiring: describe it with <see cref="Feeds"/>, or with
/// <see cref="Make"/>, <see cref="Pass"/>, <see cref="Add"/>, <see cref="Concat"/> and <see cref="Read"/>. What is between two layers must
/// take zero to zero: ReLU, GELU, SiLU, tanh, pooling and dropout do, a sigmoid does not.
/// </remarks>
/// <example>
/// <code>
/// var wiring = new ModuleWiring(network).Feeds("conv1", "conv2");
/// using var gates = new ModuleGates(network).GateOutputs("conv1");
/// ModuleCompaction.Compact(gates.Collapse(), wiring);
/// </code>
/// </example>
public sealed class ModuleWiring
{
    private readonly Dictionary<string, Channels> _made = [];

    /// <summary>Starts a description without any layer.</summary>
    /// <param name="module">The network.</param>
    public ModuleWiring(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        Target = module;
    }

    /// <summary>The network.</summary>
    public Module Target { get; }

    internal ChannelMap Map { get; } = new();

    /// <summary>Reads the wiring of a <c>Sequential</c>, or asks a module that describes itself.</summary>
    /// <param name="module">The network.</param>
    /// <exception cref="NotSupportedException">A module in it neither is a common layer nor describes itself.</exception>
    public static ModuleWiring Of(Module module)
    {
        var wiring = new ModuleWiring(module);
        Channels? output = module is IWired wired ? wired.Wire(wiring, "", null) : new LayerPasses(wiring).Chain("", module, null);
        wiring.Keep(output, "they are what the network gives out");
        return wiring;
    }

    /// <summary>Joins the name of a module and that of a submodule.</summary>
    /// <param name="name">The module's name; empty for the network itself.</param>
    /// <param name="layer">The submodule's name in it.</param>
    public static string Join(string name, string layer)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ModuleNames.Join(name, layer);
    }

    /// <summary>Says that the first layer's channels are read by the last, through those between them.</summary>
    /// <param name="layers">
    /// A convolution, linear layer or embedding; batch normalizations, ReLUs, convolutions in groups and layers without parameters, in any
    /// number; and the convolution or linear layer that reads. Layers without a name in the network may be left out.
    /// </param>
    /// <returns>This wiring.</returns>
    public ModuleWiring Feeds(params string[] layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentOutOfRangeException.ThrowIfLessThan(layers.Length, 2, nameof(layers));
        Channels channels = Make(layers[0]);
        foreach (string layer in layers[1..^1])
        {
            channels = Pass(layer, channels) ?? throw new NotSupportedException(
                $"No channels come out of '{layer}', a {Get(layer).GetType().Name} that mixes them. Let it be the last, or "
                + "Keep its inputs.");
        }

        Read(channels, layers[^1]);
        return this;
    }

    /// <summary>Names the channels that a layer makes.</summary>
    /// <param name="layer">A convolution, a linear layer or an embedding. Asked for twice, it gives the same channels.</param>
    public Channels Make(string layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (!_made.TryGetValue(layer, out Channels? channels))
        {
            Slices[] places = [.. LayerTensors.Outputs(layer, Get(layer)).Where(Exists)];
            channels = MakeSet(layer, places, Length(places[0]), mayVanish: false);
            _made[layer] = channels;
        }

        return channels;
    }

    /// <summary>Names channels that no layer makes, such as those of the network's input. They stay.</summary>
    /// <param name="count">How many there are, at least 1. They are wanted where they are concatenated with others.</param>
    public Channels Fixed(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var node = new FixedNode("input", Map.Numbers.New(count));
        Map.Keep(node, "no layer makes them");
        return new(node, this);
    }

    /// <summary>Passes channels through a batch normalization.</summary>
    /// <param name="channels">The channels.</param>
    /// <param name="layer">The normalization's name.</param>
    public Channels Normalize(Channels channels, string layer)
    {
        ChannelNode source = Own(channels);
        int[] passed = source.Channels;
        foreach (Slices place in LayerTensors.Passed(layer, Get(layer)).Where(Exists))
        {
            passed = Map.Lay(place, Length(place), source.Channels, source.Name);
        }

        return new(new NormalizedNode(source, passed, layer), this);
    }

    /// <summary>Passes channels through a ReLU, which also removes negative constants.</summary>
    /// <param name="channels">The channels.</param>
    public Channels Rectify(Channels channels) => new(new RectifiedNode(Own(channels)), this);

    /// <summary>Adds two sets of channels, as a residual connection does.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other, with as many channels.</param>
    public Channels Add(Channels first, Channels second)
    {
        (ChannelNode a, ChannelNode b) = (Own(first), Own(second));
        if (a.Channels.Length != b.Channels.Length)
        {
            throw new ArgumentException(
                $"The channels of '{a.Name}' and '{b.Name}' cannot be added: they are {a.Channels.Length} and {b.Channels.Length}.");
        }

        Map.Numbers.Join(a.Channels, b.Channels);
        return new(new SumNode(a, b), this);
    }

    /// <summary>Puts sets of channels one after the other, as <c>torch.cat</c> along axis 1 does.</summary>
    /// <param name="parts">The sets in their order. <see cref="Fixed"/> stands for what comes from outside.</param>
    /// <remarks>Concatenate before a flattening, or only sets with as many positions for each channel.</remarks>
    public Channels Concat(params Channels[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfZero(parts.Length, nameof(parts));
        return new(new ConcatenatedNode([.. parts.Select(Own)]), this);
    }

    /// <summary>Says that a layer reads channels.</summary>
    /// <param name="channels">The channels.</param>
    /// <param name="layer">A convolution or linear layer. After a flattening it has several inputs for each channel.</param>
    public void Read(Channels channels, string layer)
    {
        ChannelNode node = Own(channels);
        Slices place = LayerTensors.Inputs(layer, Get(layer));
        Map.Lay(place, Length(place), node.Channels, node.Name);
        Map.Read(node, place);
    }

    /// <summary>Says that something reads channels that the wiring does not know, so that none is removed.</summary>
    /// <param name="channels">The channels; null for none.</param>
    /// <param name="because">
    /// Why, for <see cref="CompactedChannels.KeptBecause"/>: "'norm' mixes them". Null: the wiring says that they are read elsewhere.
    /// </param>
    public void Keep(Channels? channels, string? because = null)
    {
        if (channels is not null)
        {
            Map.Keep(Own(channels), because ?? "the wiring keeps them");
        }
    }

    /// <summary>Describes the heads of an attention with separate projections.</summary>
    /// <param name="query">The linear layer that makes queries.</param>
    /// <param name="key">The linear layer that makes keys.</param>
    /// <param name="value">The linear layer that makes values.</param>
    /// <param name="output">The linear layer that reads the heads.</param>
    /// <param name="heads">The number of heads, at least 1. It must divide the outputs of each.</param>
    /// <param name="mayVanish">Whether the forward method works without any head. The default is that one head is kept.</param>
    /// <remarks>
    /// A head is dead where its values are zero, or nothing reads them. The forward method must take the number of heads from the size of
    /// the values, such as <c>view(batch, length, -1, headSize)</c>.
    /// </remarks>
    public void Heads(string query, string key, string value, string output, int heads, bool mayVanish = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        Slices[] places = [.. LayerTensors.Outputs(value, Get(value)).Where(Exists)];
        Channels channels = MakeSet(value, places, heads, mayVanish);
        foreach (Slices place in LayerTensors.Outputs(query, Get(query)).Concat(LayerTensors.Outputs(key, Get(key))).Where(Exists))
        {
            Map.Lay(place, Length(place), channels.Node.Channels, value);
        }

        Read(channels, output);
    }

    /// <summary>Passes channels through a layer of the network, whatever it is.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="input">The channels that it reads; null where they are fixed.</param>
    /// <returns>The channels behind it; null where they are fixed.</returns>
    /// <exception cref="NotSupportedException">It neither is a common layer nor describes itself.</exception>
    public Channels? Pass(string layer, Channels? input) => new LayerPasses(this).Pass(layer, Get(layer), input);

    internal Channels PassGroups(Channels channels, string layer, int inputs, int groups, bool isNormalization)
    {
        ChannelNode source = Own(channels);
        if (source.Channels.Length != inputs)
        {
            throw new ArgumentException(
                $"'{layer}' reads {inputs} channels, but '{source.Name}' has {source.Channels.Length}. Check which layer reads which.");
        }

        // The first channel of a group stands for the group: what is joined with it goes with it.
        int size = inputs / groups;
        int[] first = [.. Enumerable.Range(0, groups).Select(group => source.Channels[group * size])];
        Map.Numbers.Join(source.Channels, [.. Enumerable.Range(0, inputs).Select(channel => first[channel / size])]);
        int[] passed = source.Channels;
        foreach (Slices place in LayerTensors.Passed(layer, Get(layer)).Where(Exists))
        {
            // Of a transposed convolution, axis 0 of the weight has the inputs.
            bool isOutput = place.Tensor == "bias" || Get(layer) is not Convolution { transposed: true };
            int[] laid = Map.Lay(place, Length(place), first, source.Name);
            passed = isOutput ? laid : passed;
        }

        return new(isNormalization ? new GroupNormalizedNode(source, layer) : new GroupedNode(source, passed, layer), this);
    }

    private Channels MakeSet(string name, Slices[] places, long count, bool mayVanish)
    {
        int[] channels = Map.NewSet(name, count, mayVanish);
        foreach (Slices place in places)
        {
            Map.Lay(place, Length(place), channels, name);
        }

        return new(new MadeNode(name, channels, places[0], places.Length > 1 ? places[1] : null), this);
    }

    private ChannelNode Own(Channels channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        return channels.Wiring == this
            ? channels.Node
            : throw new ArgumentException(
                $"The channels of '{channels.Node.Name}' are of another wiring. Make them with this one.", nameof(channels));
    }

    private Module Get(string layer) => ModuleNames.Get(Target, layer);

    private bool Exists(Slices place) => LayerTensors.Get(Get(place.Layer), place.Tensor) is not null;

    private long Length(Slices place) => LayerTensors.Get(Get(place.Layer), place.Tensor)!.shape[place.Axis];
}
