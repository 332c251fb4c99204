namespace MLNet.DGating.Modules.Wiring;

/// <summary>Numbers the channels of a network, and knows which of them stay or go together, and which have gone.</summary>
/// <remarks>
/// What lies along an axis of a tensor is then a list of numbers: a flattening repeats them, a concatenation puts lists one after the
/// other, an addition joins the numbers at each position, and a convolution in groups joins all numbers of a group.
/// </remarks>
internal sealed class ChannelNumbers
{
    private readonly List<int> _joinedTo = [];
    private readonly HashSet<int> _gone = [];

    /// <summary>Gives numbers to new channels.</summary>
    public int[] New(long count)
    {
        int[] channels = [.. Enumerable.Range(_joinedTo.Count, (int)count)];
        _joinedTo.AddRange(channels);
        return channels;
    }

    /// <summary>The channel by which all that are joined with this one are known.</summary>
    public int Root(int channel)
    {
        while (_joinedTo[channel] != channel)
        {
            channel = _joinedTo[channel] = _joinedTo[_joinedTo[channel]];
        }

        return channel;
    }

    /// <summary>Lets channels stay or go together, position by position.</summary>
    public void Join(int[] first, int[] second)
    {
        foreach ((int a, int b) in first.Zip(second))
        {
            (int low, int high) = (Math.Min(Root(a), Root(b)), Math.Max(Root(a), Root(b)));
            _joinedTo[high] = low;
        }
    }

    /// <summary>Lists the channels that have not gone, in their order.</summary>
    public int[] Left(int[] channels) => [.. channels.Where(channel => !_gone.Contains(Root(channel)))];

    public void Remove(IEnumerable<int> roots) => _gone.UnionWith(roots);

    public void BringBack(IEnumerable<int> roots) => _gone.ExceptWith(roots);
}
