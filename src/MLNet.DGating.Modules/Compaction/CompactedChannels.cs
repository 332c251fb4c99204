namespace MLNet.DGating.Modules;

/// <summary>Tells how many channels, neurons or heads were left by <see cref="ModuleCompaction.Compact"/>.</summary>
public sealed record CompactedChannels
{
    internal CompactedChannels()
    {
    }

    /// <summary>The layer that makes them; the first one of several whose outputs are added.</summary>
    public required string Name { get; init; }

    /// <summary>How many there were.</summary>
    public required int Before { get; init; }

    /// <summary>How many there are.</summary>
    public required int After { get; init; }
}
