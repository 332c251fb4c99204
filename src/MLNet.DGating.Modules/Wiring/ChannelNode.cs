using MLNet.DGating.Modules.Layers;

namespace MLNet.DGating.Modules.Wiring;

/// <summary>Channels at one place of a network, and how their values come about.</summary>
internal abstract record ChannelNode(Width Of);

/// <summary>The outputs of a layer.</summary>
/// <param name="Of">The set they belong to.</param>
/// <param name="Weight">Where the weights lie that make them.</param>
/// <param name="Bias">Where their biases lie; null for none.</param>
internal sealed record MadeNode(Width Of, Slices Weight, Slices? Bias) : ChannelNode(Of);

/// <summary>Channels after a batch normalization.</summary>
internal sealed record NormalizedNode(ChannelNode Source, string Layer) : ChannelNode(Source.Of);

/// <summary>Channels after a ReLU, which takes a constant that is not positive to zero.</summary>
internal sealed record RectifiedNode(ChannelNode Source) : ChannelNode(Source.Of);

/// <summary>The sum of two sets of channels.</summary>
internal sealed record SumNode(ChannelNode First, ChannelNode Second) : ChannelNode(First.Of);
