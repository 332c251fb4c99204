namespace MLNet.DGating.Modules.Wiring;

/// <summary>The channels that one layer makes, or the heads of an attention.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Channels">Their numbers.</param>
/// <param name="MayVanish">Whether none at all may be left.</param>
internal sealed record ChannelSet(string Name, int[] Channels, bool MayVanish);
