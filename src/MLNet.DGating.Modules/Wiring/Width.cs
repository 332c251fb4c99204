using MLNet.DGating.Modules.Layers;

namespace MLNet.DGating.Modules.Wiring;

/// <summary>A set of channels that are removed together, wherever they lie: what makes them, passes them on and reads them.</summary>
/// <remarks>Adding two sets of channels joins them, since a channel of the sum is gone only if it is in both.</remarks>
internal sealed class Width(string name)
{
    private Width? _joined;

    public string Name => name;

    /// <summary>The set that this one is part of.</summary>
    public Width Root => _joined is null ? this : _joined = _joined.Root;

    /// <summary>Every place in which the channels lie.</summary>
    public HashSet<Slices> Places { get; } = [];

    /// <summary>Who reads the channels, and what it reads of them.</summary>
    public List<(ChannelNode Node, Slices Place)> Readers { get; } = [];

    /// <summary>The number of channels; a place has as many slices, or a multiple of them.</summary>
    public long Count { get; set; }

    /// <summary>Whether something reads the channels that the wiring does not know.</summary>
    public bool IsPinned { get; set; }

    /// <summary>Whether channels may be removed: something reads them, and all who do are known.</summary>
    public bool MayShrink => !IsPinned && Readers.Count > 0;

    /// <summary>Whether no channel at all may be left, as with heads of attention.</summary>
    public bool MayVanish { get; init; }

    /// <summary>Joins two sets.</summary>
    public static void Join(Width a, Width b)
    {
        (Width into, Width from) = (a.Root, b.Root);
        if (into == from)
        {
            return;
        }

        if (into.Count != from.Count)
        {
            throw new ArgumentException(
                $"The channels of '{into.Name}' and '{from.Name}' cannot be added: they are {into.Count} and {from.Count}.");
        }

        into.Places.UnionWith(from.Places);
        into.Readers.AddRange(from.Readers);
        into.IsPinned |= from.IsPinned;
        from._joined = into;
    }
}
