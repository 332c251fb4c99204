using MLNet.DGating.Modules.Layers;

namespace MLNet.DGating.Modules.Wiring;

/// <summary>Channels at one place of a network, and how their values come about.</summary>
/// <param name="Name">The layer that made them, or the first of several.</param>
/// <param name="Channels">Their numbers, in the order in which they lie there.</param>
internal abstract record ChannelNode(string Name, int[] Channels);

/// <summary>Channels that depend on the input in a way that is not known, such as the input itself.</summary>
internal sealed record FixedNode(string Name, int[] Channels) : ChannelNode(Name, Channels);

/// <summary>The outputs of a layer.</summary>
/// <param name="Name">The layer.</param>
/// <param name="Channels">Their numbers.</param>
/// <param name="Weight">Where the weights lie that make them.</param>
/// <param name="Bias">Where their biases lie; null for none.</param>
internal sealed record MadeNode(string Name, int[] Channels, Slices Weight, Slices? Bias) : ChannelNode(Name, Channels);

/// <summary>Channels after a convolution in groups, each of which reads the channels of its own group.</summary>
internal sealed record GroupedNode(ChannelNode Source, int[] Channels, string Layer) : ChannelNode(Source.Name, Channels);

/// <summary>Channels after a batch or instance normalization; after a flattening each is as often there as it has positions.</summary>
internal sealed record NormalizedNode(ChannelNode Source, int[] Channels, string Layer) : ChannelNode(Source.Name, Channels);

/// <summary>Channels after a normalization over groups of channels.</summary>
internal sealed record GroupNormalizedNode(ChannelNode Source, string Layer) : ChannelNode(Source.Name, Source.Channels);

/// <summary>Channels after a ReLU, which takes a constant that is not positive to zero.</summary>
internal sealed record RectifiedNode(ChannelNode Source) : ChannelNode(Source.Name, Source.Channels);

/// <summary>The sum of two sets of channels.</summary>
internal sealed record SumNode(ChannelNode First, ChannelNode Second) : ChannelNode(First.Name, First.Channels);

/// <summary>Sets of channels one after the other.</summary>
internal sealed record ConcatenatedNode(ChannelNode[] Parts)
    : ChannelNode(Parts[0].Name, [.. Parts.SelectMany(part => part.Channels)]);
