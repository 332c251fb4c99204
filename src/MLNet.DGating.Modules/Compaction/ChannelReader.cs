using MLNet.DGating.Modules.Wiring;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Compaction;

/// <summary>Finds the channels that something needs.</summary>
/// <remarks>The others are zero for every input, or read by nothing (docs/theory.md §27).</remarks>
internal sealed class ChannelReader(Module module, ChannelMap map)
{
    /// <summary>Gives the roots of all channels that have to stay.</summary>
    public HashSet<int> Alive()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        var values = new NodeValues(module, map.Numbers);
        HashSet<int> alive = map.Roots(map.Kept.SelectMany(kept => kept.Node.Channels));
        HashSet<int> read = [];
        foreach ((ChannelNode node, Layers.Slices place) in map.Readers)
        {
            ChannelValues given = values.Of(node);
            double[] largest = values.Largest(place, given.Count);
            foreach ((int c, int channel) in map.Numbers.Left(node.Channels).Index())
            {
                int root = map.Numbers.Root(channel);
                read.Add(root);
                if (!given.IsZero(c) && largest[c] != 0)
                {
                    alive.Add(root);
                }
            }
        }

        // What nothing is known to read stays, and so does the first channel where all are dead and one has to.
        foreach (ChannelSet set in map.Sets)
        {
            int[] left = map.Numbers.Left(set.Channels);
            alive.UnionWith(map.Roots(left).Where(root => !read.Contains(root)));
            if (left.Length > 0 && !set.MayVanish && !left.Any(channel => alive.Contains(map.Numbers.Root(channel))))
            {
                alive.Add(map.Numbers.Root(left[0]));
            }
        }

        return alive;
    }

    /// <summary>Counts the channels that are zero at a place.</summary>
    public int Zeros(ChannelNode node)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        ChannelValues values = new NodeValues(module, map.Numbers).Of(node);
        return Enumerable.Range(0, values.Count).Count(values.IsZero);
    }
}
