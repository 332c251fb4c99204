namespace MLNet.DGating.Modules.Compaction;

/// <summary>Tells which channels vary with the input, and the constant that each of the others is.</summary>
/// <param name="Varies">Whether a channel depends on the input.</param>
/// <param name="Constants">The value of a channel that does not; 0 for one that is dead.</param>
internal sealed record ChannelValues(bool[] Varies, double[] Constants)
{
    public int Count => Varies.Length;

    public bool IsZero(int channel) => !Varies[channel] && Constants[channel] == 0;

    /// <summary>Repeats every channel, as a flattening does.</summary>
    public ChannelValues Repeated(int times) => times == 1 ? this : new(
        [.. Varies.SelectMany(varies => Enumerable.Repeat(varies, times))],
        [.. Constants.SelectMany(value => Enumerable.Repeat(value, times))]);

    public static ChannelValues Concatenated(IEnumerable<ChannelValues> parts)
    {
        ChannelValues[] all = [.. parts];
        return new([.. all.SelectMany(part => part.Varies)], [.. all.SelectMany(part => part.Constants)]);
    }
}
