using static TorchSharp.torch.nn;

namespace MLNet.DGating.Modules.Tests.Compaction;

/// <summary>Random networks of the kinds that a compaction knows, in float64.</summary>
internal static class Networks
{
    /// <summary>Convolutions with or without bias, normalization and pooling, then linear layers.</summary>
    public static Sequential Convolutional(Random random)
    {
        var layers = new List<(string, Module<Tensor, Tensor>)>();
        int channels = 2, side = 8;
        int depth = random.Next(1, 4);
        for (int i = 0; i < depth; i++)
        {
            int width = random.Next(1, 7);
            layers.Add(($"conv{i}", Conv2d(channels, width, 3, padding: 1, bias: random.Next(2) == 0)));
            if (random.Next(2) == 0)
            {
                layers.Add(($"bn{i}", BatchNorm2d(width, track_running_stats: random.Next(4) > 0)));
            }

            layers.Add(($"act{i}", random.Next(3) switch { 0 => ReLU(), 1 => GELU(), _ => Tanh() }));
            if (random.Next(2) == 0 && side > 2)
            {
                layers.Add(($"pool{i}", random.Next(2) == 0 ? MaxPool2d(2) : AvgPool2d(2)));
                side /= 2;
            }

            channels = width;
        }

        layers.Add(("flat", Flatten()));
        int neurons = random.Next(1, 9);
        layers.Add(("fc1", Linear(channels * side * side, neurons, hasBias: random.Next(2) == 0)));
        layers.Add(("act", ReLU()));
        layers.Add(("fc2", Linear(neurons, 3)));
        return Sequential(layers);
    }

    /// <summary>Residual blocks, some of which change the number of channels.</summary>
    public static Sequential Residual(Random random)
    {
        int width = random.Next(2, 6);
        var layers = new List<(string, Module<Tensor, Tensor>)>
        {
            ("stem", Conv2d(2, width, 3, padding: 1, bias: false)), ("bn", BatchNorm2d(width)), ("relu", ReLU()),
        };
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int next = random.Next(2) == 0 ? width : random.Next(2, 6);
            layers.Add(($"block{i}", new ResidualBlock(width, next, random.Next(1, 3))));
            width = next;
        }

        layers.AddRange([("pool", AdaptiveAvgPool2d(1)), ("flat", Flatten()), ("fc", Linear(width, 3))]);
        return Sequential(layers);
    }

    /// <summary>Blocks of a transformer.</summary>
    public static Sequential Transformer(Random random)
    {
        int heads = random.Next(1, 4), width = heads * 2;
        var layers = new List<(string, Module<Tensor, Tensor>)> { ("in", Linear(2, width)) };
        for (int i = random.Next(1, 3); i > 0; i--)
        {
            layers.Add(($"block{i}", new TransformerBlock(width, heads, random.Next(1, 6))));
        }

        layers.AddRange([("norm", LayerNorm(width)), ("head", Linear(width, 3))]);
        return Sequential(layers);
    }

    /// <summary>Convolutions in groups, with one or more outputs for each input, and normalizations of groups.</summary>
    public static Sequential Grouped(Random random)
    {
        int groups = random.Next(2, 5), width = groups * random.Next(1, 3);
        var layers = new List<(string, Module<Tensor, Tensor>)> { ("stem", Conv2d(2, width, 1, bias: random.Next(2) == 0)) };
        for (int i = random.Next(1, 3); i > 0; i--)
        {
            int divisor = random.Next(2) == 0 ? width : groups, next = width * random.Next(1, 3);
            layers.Add(($"grouped{i}", Conv2d(width, next, 3, padding: 1, groups: divisor, bias: random.Next(2) == 0)));
            layers.Add(random.Next(2) == 0 ? ($"gn{i}", GroupNorm(groups, next)) : ($"bn{i}", BatchNorm2d(next)));
            layers.Add(($"act{i}", ReLU()));
            width = next;
            if (random.Next(2) == 0)
            {
                width = groups * random.Next(1, 3);
                layers.Add(($"point{i}", Conv2d(next, width, 1)));
            }
        }

        layers.AddRange(
            [("pool", AdaptiveAvgPool2d(2)), ("flat", Flatten()), ("bn", BatchNorm1d(4 * width)), ("fc", Linear(4 * width, 3))]);
        return Sequential(layers);
    }

    /// <summary>Layers whose outputs are put one after the other, from the input on or behind a convolution.</summary>
    public static Sequential Dense(Random random)
    {
        int width = random.Next(2) == 0 ? 2 : random.Next(1, 5);
        int[] growths = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(1, 4))];
        var layers = new List<(string, Module<Tensor, Tensor>)>();
        if (width != 2)
        {
            layers.Add(("stem", Conv2d(2, width, 3, padding: 1)));
        }

        int all = width + growths.Sum();
        layers.AddRange([
            ("dense", new DenseLayers(width, growths)), ("bn", BatchNorm2d(all)), ("act", ReLU()),
            ("transition", Conv2d(all, 3, 1)), ("again", new DenseLayers(3, growths)), ("pool", AdaptiveAvgPool2d(2)), ("flat", Flatten()),
            ("fc", Linear(4 * (3 + growths.Sum()), 3)),
        ]);
        return Sequential(layers);
    }

    /// <summary>Levels of a U-Net, whose way up may be in groups.</summary>
    public static Sequential UShaped(Random random)
    {
        int groups = random.Next(1, 3), width = random.Next(1, 5);
        return Sequential(
            ("u1", new UShape(2, random.Next(1, 5), groups * random.Next(1, 4), groups * random.Next(1, 3), groups, width)),
            ("act", ReLU()), ("u2", new UShape(width, random.Next(1, 5), 2 * random.Next(1, 3), 2 * random.Next(1, 3), 2, 3)));
    }

    /// <summary>Sets groups of random layers to zero, by gates as training would.</summary>
    public static void Thin(Sequential network, Random random)
    {
        foreach ((string name, Module layer) in network.named_modules().ToArray())
        {
            bool isValue = name.EndsWith("value", StringComparison.Ordinal);
            if (layer is not (Convolution or TorchSharp.Modules.Linear or NormBase or TorchSharp.Modules.GroupNorm) || random.Next(3) == 0)
            {
                continue;
            }

            Tensor weight = layer.get_parameter("weight")!;
            int heads = isValue ? (int)weight.shape[0] / 2 : (int)weight.shape[0];
            bool isLayer = layer is Convolution or TorchSharp.Modules.Linear, byInput = isLayer && !isValue && random.Next(3) == 0;
            using var gates = new ModuleGates(network);
            _ = byInput ? gates.Gate($"{name}.weight", Groups.InputChannels)
                : layer is Convolution { groups: > 1 } grouped && (grouped.transposed || random.Next(2) == 0)
                    ? gates.Gate($"{name}.weight", Groups.Blocks(0, (int)grouped.groups))
                : isValue ? gates.Gate($"{name}.weight", Groups.Heads(heads))
                : gates.GateOutputs(name);
            Close(gates, random);
            gates.Collapse();
        }
    }

    private static void Close(ModuleGates gates, Random random)
    {
        using IDisposable noGradient = torch.no_grad();
        Tensor gate = gates.named_parameters().Single(held => held.name.EndsWith(".gate", StringComparison.Ordinal)).parameter;
        using Tensor kept = torch.tensor([.. Enumerable.Range(0, (int)gate.shape[0]).Select(_ => random.Next(5) < 2 ? 1.0 : 0.0)]);
        gate.copy_(kept);
        gates.Apply();
    }
}
