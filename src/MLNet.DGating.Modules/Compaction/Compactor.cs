using MLNet.DGating.Modules.Gates;
using MLNet.DGating.Modules.Layers;
using MLNet.DGating.Modules.Wiring;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Compaction;

/// <summary>Removes dead channels from all layers that hold a part of them.</summary>
internal sealed class Compactor(ModuleWiring wiring)
{
    // What the exchanged tensors were, for the way back.
    private readonly Dictionary<(string Layer, string Tensor), Tensor> _before = [];
    private readonly Dictionary<Width, long> _counts = wiring.Widths.ToDictionary(width => width, width => width.Count);

    /// <summary>Removes channels until none is dead: without its inputs a filter may be dead as well.</summary>
    public IReadOnlyList<CompactedChannels> Run()
    {
        var reader = new ChannelReader(wiring.Target);
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (Width width in wiring.Widths)
            {
                long[] alive = Alive(width, reader);
                if (alive.Length < width.Count)
                {
                    Select(width, alive);
                    changed = true;
                }
            }
        }

        return
        [
            .. _counts.Where(count => count.Key.MayShrink)
                .Select(count => new CompactedChannels(count.Key.Name, (int)count.Value, (int)count.Key.Count)),
        ];
    }

    /// <summary>Puts everything back as it was.</summary>
    public void Restore()
    {
        foreach (((string layer, string name), Tensor value) in _before)
        {
            LayerTensors.Set(ModuleNames.Get(wiring.Target, layer), name, value.clone());
        }

        foreach ((Width width, long count) in _counts)
        {
            width.Count = count;
        }
    }

    /// <summary>Gives the channels that stay; the first one where all are dead and one has to.</summary>
    public static long[] Alive(Width width, ChannelReader reader)
    {
        bool[] dead = reader.Dead(width);
        long[] alive = [.. dead.Index().Where(channel => !channel.Item).Select(channel => (long)channel.Index)];
        return alive.Length == 0 && !width.MayVanish ? [0] : alive;
    }

    private void Select(Width width, long[] alive)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        foreach (Slices place in width.Places)
        {
            Module layer = ModuleNames.Get(wiring.Target, place.Layer);
            Tensor old = LayerTensors.Get(layer, place.Tensor)!;
            _before.TryAdd((place.Layer, place.Tensor), old.detach().clone().MoveToOuterDisposeScope());
            long block = old.shape[place.Axis] / width.Count;
            using Tensor index = tensor([.. alive.SelectMany(channel => Range(channel * block, block))], int64, old.device);
            LayerTensors.Set(layer, place.Tensor, old.detach().index_select(place.Axis, index));
        }

        width.Count = alive.Length;
    }

    private static IEnumerable<long> Range(long start, long count)
    {
        for (long i = 0; i < count; i++)
        {
            yield return start + i;
        }
    }
}
