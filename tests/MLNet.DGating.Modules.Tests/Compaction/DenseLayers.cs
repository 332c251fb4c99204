using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Tests.Compaction;

/// <summary>Layers that each read what all before them made, as in DenseNet: x ← [x, act(bn(conv(x)))].</summary>
internal sealed class DenseLayers : torch.nn.Module<Tensor, Tensor>, IWired
{
    private readonly Sequential layers;
    private readonly int _inputs;

    public DenseLayers(int inputs, int[] growths)
        : base(nameof(DenseLayers))
    {
        _inputs = inputs;
        layers = torch.nn.Sequential(
            [.. growths.Index().Select(each => ($"{each.Index}", Layer(inputs + growths[..each.Index].Sum(), each.Item)))]);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) =>
        layers.children().Aggregate(input, (all, layer) => cat([all, ((torch.nn.Module<Tensor, Tensor>)layer).call(all)], 1));

    public Channels? Wire(ModuleWiring wiring, string name, Channels? input)
    {
        Channels all = input ?? wiring.Fixed(_inputs);
        for (int i = 0; i < layers.Count; i++)
        {
            all = wiring.Concat(all, wiring.Pass(ModuleWiring.Join(name, $"{nameof(layers)}.{i}"), all)!);
        }

        return all;
    }

    private static torch.nn.Module<Tensor, Tensor> Layer(int inputs, int outputs) => torch.nn.Sequential(
        ("conv", torch.nn.Conv2d(inputs, outputs, 3, padding: 1, bias: false)), ("bn", torch.nn.BatchNorm2d(outputs)),
        ("act", torch.nn.ReLU()));
}
