using MLNet.DGating.Modules.Layers;

namespace MLNet.DGating.Modules.Wiring;

/// <summary>Holds where every channel of a network lies: what makes it, what reads it, and why some have to stay.</summary>
internal sealed class ChannelMap
{
    private readonly Dictionary<Slices, int[]> _places = [];
    private readonly List<ChannelSet> _sets = [];
    private readonly List<(ChannelNode Node, Slices Place)> _readers = [];
    private readonly List<(ChannelNode Node, string Reason)> _kept = [];

    public ChannelNumbers Numbers { get; } = new();

    /// <summary>The channels that lie along an axis of a tensor, one for each slice, as they were before any went.</summary>
    public IReadOnlyDictionary<Slices, int[]> Places => _places;

    /// <summary>What layers make, in the order in which they were named.</summary>
    public IReadOnlyList<ChannelSet> Sets => _sets;

    public IReadOnlyList<(ChannelNode Node, Slices Place)> Readers => _readers;

    /// <summary>Channels that stay whatever their values are, and why.</summary>
    public IReadOnlyList<(ChannelNode Node, string Reason)> Kept => _kept;

    /// <summary>Starts a set of channels.</summary>
    public int[] NewSet(string name, long count, bool mayVanish = false)
    {
        int[] channels = Numbers.New(count);
        _sets.Add(new(name, channels, mayVanish));
        return channels;
    }

    /// <summary>Says which channels lie along an axis, each on as many adjacent slices. A layer that is used twice joins them.</summary>
    /// <returns>The channel of each slice.</returns>
    public int[] Lay(Slices place, long length, int[] channels, string name)
    {
        if (channels.Length == 0 ? length != 0 : length % channels.Length != 0)
        {
            throw new ArgumentException(
                $"'{place.Layer}.{place.Tensor}' has {length} slices along axis {place.Axis}, which the {channels.Length} channels or "
                + $"heads of '{name}' do not divide. Check which layer reads which.");
        }

        int[] slices = [.. Enumerable.Range(0, (int)length).Select(slice => channels[slice / (length / channels.Length)])];
        if (!_places.TryAdd(place, slices))
        {
            Numbers.Join(_places[place], slices);
        }

        return slices;
    }

    public void Read(ChannelNode node, Slices place) => _readers.Add((node, place));

    public void Keep(ChannelNode node, string reason) => _kept.Add((node, reason));

    /// <summary>The sets of which something may go, each once where sets are added: without what is kept, or read by nothing.</summary>
    public IEnumerable<ChannelSet> SetsThatMayShrink()
    {
        HashSet<int> kept = Roots(_kept.SelectMany(each => each.Node.Channels));
        HashSet<int> free = Roots(_readers.SelectMany(each => each.Node.Channels));
        free.ExceptWith(kept);
        HashSet<int> seen = [];
        foreach (ChannelSet set in _sets)
        {
            HashSet<int> roots = Roots(set.Channels);
            if (roots.Overlaps(free) && !roots.IsSubsetOf(seen))
            {
                yield return set;
            }

            seen.UnionWith(roots);
        }
    }

    public HashSet<int> Roots(IEnumerable<int> channels) => [.. channels.Select(Numbers.Root)];
}
