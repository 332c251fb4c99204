using MLNet.DGating.Modules.Gates;
using MLNet.DGating.Modules.Layers;
using MLNet.DGating.Modules.Wiring;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Compaction;

/// <summary>Removes dead channels from all layers that hold a part of them.</summary>
internal sealed class Compactor(ModuleWiring wiring)
{
    private readonly ChannelMap _map = wiring.Map;
    private readonly ChannelReader _reader = new(wiring.Target, wiring.Map);

    // What the exchanged tensors and the groups of their layers were, for the way back.
    private readonly Dictionary<(string Layer, string Tensor), (Tensor Value, long Groups)> _before = [];
    private readonly HashSet<int> _removed = [];

    /// <summary>Removes channels until none is dead: without its inputs a filter may be dead as well.</summary>
    public IReadOnlyList<CompactedChannels> Run()
    {
        (ChannelSet Set, int Before)[] sets = [.. _map.SetsThatMayShrink().Select(set => (set, Count(set)))];
        HashSet<int> dead = Dead();
        while (dead.Count > 0)
        {
            Remove(dead);
            dead = Dead();
        }

        return [.. sets.Select(each => new CompactedChannels(each.Set.Name, each.Before, Count(each.Set))), .. Hindered()];
    }

    /// <summary>Puts everything back as it was.</summary>
    public void Restore()
    {
        foreach (((string layer, string name), (Tensor value, long groups)) in _before)
        {
            LayerTensors.Set(ModuleNames.Get(wiring.Target, layer), name, value.clone(), groups);
        }

        _map.Numbers.BringBack(_removed);
    }

    private int Count(ChannelSet set) => _map.Numbers.Left(set.Channels).Length;

    private HashSet<int> Dead()
    {
        HashSet<int> dead = _map.Roots(_map.Sets.SelectMany(set => _map.Numbers.Left(set.Channels)));
        dead.ExceptWith(_reader.Alive());
        return dead;
    }

    private void Remove(HashSet<int> dead)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        foreach ((Slices place, int[] channels) in _map.Places)
        {
            int[] left = _map.Numbers.Left(channels);
            long[] alive = [.. left.Index().Where(each => !dead.Contains(_map.Numbers.Root(each.Item))).Select(each => (long)each.Index)];
            if (alive.Length < left.Length)
            {
                Select(place, alive);
            }
        }

        _map.Numbers.Remove(dead);
        _removed.UnionWith(dead);
    }

    private void Select(Slices place, long[] alive)
    {
        Module layer = ModuleNames.Get(wiring.Target, place.Layer);
        Tensor old = LayerTensors.Get(layer, place.Tensor)!;
        long groups = LayerTensors.GroupsOf(layer);
        if (!_before.ContainsKey((place.Layer, place.Tensor)))
        {
            _before.Add((place.Layer, place.Tensor), (old.detach().clone().MoveToOuterDisposeScope(), groups));
        }

        using Tensor index = tensor(alive, int64, old.device);
        long left = groups == 1 ? 1 : groups * alive.Length / old.shape[place.Axis];
        LayerTensors.Set(layer, place.Tensor, old.detach().index_select(place.Axis, index), left);
    }

    // What could go by its values, but for what reads it.
    private IEnumerable<CompactedChannels> Hindered()
    {
        foreach ((ChannelNode node, string reason) in _map.Kept)
        {
            int zeros = _reader.Zeros(node), count = _map.Numbers.Left(node.Channels).Length;
            if (zeros > 0)
            {
                yield return new(node.Name, count, count) { KeptBecause = $"{zeros} of {count} are zero, but {reason}" };
            }
        }
    }
}
