namespace MLNet.DGating.Modules;

/// <summary>Tells how many channels, neurons or heads were left by <see cref="ModuleCompaction.Compact"/>.</summary>
/// <param name="Name">The layer that makes them; the first one of several whose outputs are added.</param>
/// <param name="Before">How many there were.</param>
/// <param name="After">How many there are.</param>
public sealed record CompactedChannels(string Name, int Before, int After)
{
    /// <summary>Why channels stayed that are zero: what reads them, and what to do. Null where nothing hindered their removal.</summary>
    public string? KeptBecause { get; init; }
}
