using MLNet.DGating.Modules.Wiring;

namespace MLNet.DGating.Modules;

/// <summary>Stands for the channels at one place of a network, while its wiring is described.</summary>
public sealed class Channels
{
    internal Channels(ChannelNode node, ModuleWiring wiring)
    {
        (Node, Wiring) = (node, wiring);
    }

    internal ChannelNode Node { get; }

    internal ModuleWiring Wiring { get; }
}
