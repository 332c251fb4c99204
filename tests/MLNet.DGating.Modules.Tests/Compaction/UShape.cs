using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Tests.Compaction;

/// <summary>One level of a U-Net: down to half the size, up again, and next to what was there before.</summary>
internal sealed class UShape : torch.nn.Module<Tensor, Tensor>, IWired
{
    private readonly Conv2d outer;
    private readonly Conv2d down;
    private readonly ConvTranspose2d up;
    private readonly Conv2d end;

    public UShape(int inputs, int outside, int inside, int back, int groups, int outputs)
        : base(nameof(UShape))
    {
        outer = torch.nn.Conv2d(inputs, outside, 3, padding: 1);
        down = torch.nn.Conv2d(outside, inside, 2, stride: 2);
        up = torch.nn.ConvTranspose2d(inside, back, 2, stride: 2, groups: groups);
        end = torch.nn.Conv2d(outside + back, outputs, 3, padding: 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        Tensor past = torch.nn.functional.relu(outer.call(input));
        Tensor risen = torch.nn.functional.relu(up.call(torch.nn.functional.relu(down.call(past))));
        return end.call(cat([past, risen], 1));
    }

    public Channels? Wire(ModuleWiring wiring, string name, Channels? input)
    {
        Channels Layer(string layer, Channels? from) => wiring.Pass(ModuleWiring.Join(name, layer), from)!;
        Channels past = wiring.Rectify(Layer(nameof(outer), input));
        Channels risen = wiring.Rectify(Layer(nameof(up), wiring.Rectify(Layer(nameof(down), past))));
        return Layer(nameof(end), wiring.Concat(past, risen));
    }
}
