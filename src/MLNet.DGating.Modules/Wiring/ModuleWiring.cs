using MLNet.DGating.Modules.Gates;
using MLNet.DGating.Modules.Layers;
using MLNet.DGating.Modules.Wiring;
using TorchSharp.Modules;

namespace MLNet.DGating.Modules;

/// <summary>Says which layer of a network reads the channels of which, so that dead channels can be removed from all of them.</summary>
/// <remarks>
/// <see cref="Of"/> reads it from a <c>Sequential</c> of common layers, and of modules that describe themselves (<see cref="IWired"/>). The
/// forward method of any other module is C#, which says nothing about its wiring: describe it with <see cref="Feeds"/>, or with
/// <see cref="Make"/>, <see cref="Normalize"/>, <see cref="Add"/> and <see cref="Read"/>. What is between two layers must take zero to
/// zero: ReLU, GELU, SiLU, tanh, pooling and dropout do, a sigmoid does not.
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
    private readonly List<Width> _widths = [];

    /// <summary>Starts a description without any layer.</summary>
    /// <param name="module">The network.</param>
    public ModuleWiring(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        Target = module;
    }

    /// <summary>The network.</summary>
    public Module Target { get; }

    internal IEnumerable<Width> Widths => _widths.Where(width => width.Root == width);

    /// <summary>Reads the wiring of a <c>Sequential</c>, or asks a module that describes itself.</summary>
    /// <param name="module">The network.</param>
    /// <exception cref="NotSupportedException">A module in it neither is a common layer nor describes itself.</exception>
    public static ModuleWiring Of(Module module)
    {
        var wiring = new ModuleWiring(module);
        Channels? output = module is IWired wired ? wired.Wire(wiring, "", null) : wiring.Chain("", module, null);
        wiring.Keep(output);
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
    /// A convolution, linear layer or embedding; batch normalizations, ReLUs and other layers without parameters, in any number; and the
    /// convolution or linear layer that reads. Layers without a name in the network may be left out.
    /// </param>
    /// <returns>This wiring.</returns>
    public ModuleWiring Feeds(params string[] layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentOutOfRangeException.ThrowIfLessThan(layers.Length, 2, nameof(layers));
        Channels channels = Make(layers[0]);
        foreach (string layer in layers[1..^1])
        {
            channels = PassOn(layer, Get(layer), channels) ?? throw NotPassedOn(layer);
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
            Module module = Get(layer);
            Slices[] places = [.. LayerTensors.Outputs(layer, module).Where(Exists)];
            channels = new(Made(new Width(layer) { Count = Length(places[0]) }, places));
            _made[layer] = channels;
        }

        return channels;
    }

    /// <summary>Passes channels through a batch normalization.</summary>
    /// <param name="channels">The channels.</param>
    /// <param name="layer">The normalization's name.</param>
    public Channels Normalize(Channels channels, string layer)
    {
        Width width = Own(channels);
        foreach (Slices place in LayerTensors.Normalized(layer, Get(layer)).Where(Exists))
        {
            CheckLength(width, place);
            width.Places.Add(place);
        }

        return new(new NormalizedNode(channels.Node, layer));
    }

    /// <summary>Passes channels through a ReLU, which also removes negative constants.</summary>
    /// <param name="channels">The channels.</param>
    public Channels Rectify(Channels channels)
    {
        _ = Own(channels);
        return new(new RectifiedNode(channels.Node));
    }

    /// <summary>Adds two sets of channels, as a residual connection does.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other, with as many channels.</param>
    public Channels Add(Channels first, Channels second)
    {
        Width.Join(Own(first), Own(second));
        return new(new SumNode(first.Node, second.Node));
    }

    /// <summary>Says that a layer reads channels.</summary>
    /// <param name="channels">The channels.</param>
    /// <param name="layer">A convolution or linear layer. After a flattening it has several inputs for each channel.</param>
    public void Read(Channels channels, string layer)
    {
        Width width = Own(channels);
        Slices place = LayerTensors.Inputs(layer, Get(layer));
        CheckLength(width, place);
        width.Places.Add(place);
        width.Readers.Add((channels.Node, place));
    }

    /// <summary>Says that something reads channels that the wiring does not know, so that none is removed.</summary>
    /// <param name="channels">The channels; null for none.</param>
    public void Keep(Channels? channels)
    {
        if (channels is not null)
        {
            Own(channels).IsPinned = true;
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
        MadeNode node = Made(new Width(value) { Count = heads, MayVanish = mayVanish }, places);
        node.Of.Places.UnionWith(LayerTensors.Outputs(query, Get(query)).Concat(LayerTensors.Outputs(key, Get(key))).Where(Exists));
        foreach (Slices place in node.Of.Places)
        {
            CheckLength(node.Of, place);
        }

        Read(new Channels(node), output);
    }

    /// <summary>Passes channels through a layer of the network, whatever it is.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="input">The channels that it reads; null where they are fixed.</param>
    /// <returns>The channels behind it; null where they are fixed.</returns>
    /// <exception cref="NotSupportedException">It neither is a common layer nor describes itself.</exception>
    public Channels? Pass(string layer, Channels? input) => PassOn(layer, Get(layer), input);

    private Channels? PassOn(string name, Module module, Channels? input)
    {
        switch (module)
        {
            case IWired wired:
                return wired.Wire(this, name, input);
            case Convolution or Linear or Embedding:
                if (input is not null)
                {
                    Read(input, name);
                }

                return Make(name);
            case NormBase:
                return input is null ? null : Normalize(input, name);
            case ReLU:
                return input is null ? null : Rectify(input);
            case LayerNorm or GroupNorm:
                Keep(input);
                return null;
            case Sequential:
                return Chain(name, module, input);
            default:
                return KnownLayers.TakeZeroToZero(module) ? input : throw NotPassedOn(name);
        }
    }

    private Channels? Chain(string name, Module module, Channels? input)
    {
        if (module is not Sequential)
        {
            throw new NotSupportedException(
                $"A {module.GetType().Name} does not say how its layers are wired. Let it implement IWired, or describe it with Feeds.");
        }

        Channels? channels = input;
        foreach ((string child, Module layer) in module.named_children())
        {
            channels = PassOn(Join(name, child), layer, channels);
        }

        return channels;
    }

    private MadeNode Made(Width width, Slices[] places)
    {
        _widths.Add(width);
        width.Places.UnionWith(places);
        return new(width, places[0], places.Length > 1 ? places[1] : null);
    }

    private Width Own(Channels channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        Width width = channels.Node.Of.Root;
        return _widths.Contains(width)
            ? width
            : throw new ArgumentException(
                $"The channels of '{width.Name}' are of another wiring. Make them with this one.", nameof(channels));
    }

    private Module Get(string layer) => ModuleNames.Get(Target, layer);

    private bool Exists(Slices place) => LayerTensors.Get(Get(place.Layer), place.Tensor) is not null;

    private long Length(Slices place) => LayerTensors.Get(Get(place.Layer), place.Tensor)!.shape[place.Axis];

    private void CheckLength(Width width, Slices place)
    {
        long length = Length(place);
        if (width.Count == 0 ? length != 0 : length % width.Count != 0)
        {
            throw new ArgumentException(
                $"'{place.Layer}.{place.Tensor}' has {length} slices along axis {place.Axis}, which the {width.Count} channels or heads of "
                + $"'{width.Name}' do not divide. Check which layer reads which.");
        }
    }

    private NotSupportedException NotPassedOn(string layer) => new(
        $"Layer '{layer}' is a {Get(layer).GetType().Name}, and it is not known what it does with channels. Let it implement IWired, or "
        + "describe the network with Feeds.");
}
