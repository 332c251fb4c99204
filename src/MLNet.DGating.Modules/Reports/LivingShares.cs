using MLNet.DGating.Modules.Compaction;
using MLNet.DGating.Modules.Gates;
using MLNet.DGating.Modules.Layers;
using MLNet.DGating.Modules.Wiring;

namespace MLNet.DGating.Modules.Reports;

/// <summary>Computes the sizes of the layers as a compaction would leave them, without carrying it out.</summary>
internal sealed class LivingShares
{
    private readonly Module _module;
    private readonly Dictionary<(string Layer, string Tensor), double> _shares = [];

    public LivingShares(ModuleWiring wiring)
    {
        _module = wiring.Target;
        ChannelMap map = wiring.Map;
        HashSet<int> alive = new ChannelReader(_module, map).Alive();
        foreach ((Slices place, int[] channels) in map.Places)
        {
            int[] left = map.Numbers.Left(channels);
            double share = left.Length == 0 ? 1 : (double)left.Count(each => alive.Contains(map.Numbers.Root(each))) / left.Length;
            (string, string) key = (place.Layer, place.Tensor);
            _shares[key] = _shares.GetValueOrDefault(key, 1) * share;
        }
    }

    /// <summary>Gives the share of a layer's weights that is left, over inputs and outputs.</summary>
    public double Of(string layer) => _shares.GetValueOrDefault((layer, "weight"), 1);

    /// <summary>Counts the parameters that are left.</summary>
    public long Parameters()
    {
        double sum = 0;
        foreach ((string name, Parameter parameter) in _module.named_parameters())
        {
            int dot = name.LastIndexOf('.');
            sum += parameter.numel() * _shares.GetValueOrDefault((dot < 0 ? "" : name[..dot], name[(dot + 1)..]), 1);
        }

        return (long)Math.Round(sum);
    }

    /// <summary>Counts the operations that are left of a layer.</summary>
    public double Flops(LayerCost cost) => cost.Flops * (ModuleNames.Get(_module, cost.Layer) is SelfAttention
        ? Of(ModuleNames.Join(cost.Layer, SelfAttention.ValueName))
        : Of(cost.Layer));
}
