namespace MLNet.DGating.Modules.Compaction;

/// <summary>Tells which channels vary with the input, and the constant that each of the others is.</summary>
/// <param name="Varies">Whether a channel depends on the input.</param>
/// <param name="Constants">The value of a channel that does not; 0 for one that is dead.</param>
internal sealed record ChannelValues(bool[] Varies, double[] Constants)
{
    public bool IsZero(int channel) => !Varies[channel] && Constants[channel] == 0;
}
