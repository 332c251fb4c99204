using MLNet.DGating.Modules.Gates;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.DGating.Modules;

/// <summary>Two convolutions with batch normalizations and a connection past them: y = relu(bn2(conv2(relu(bn1(conv1(x))))) + x).</summary>
/// <remarks>Where channels or size change, the connection is a convolution of 1 × 1 with a normalization, <c>shortcut</c>.</remarks>
public sealed class ResidualBlock : Module<Tensor, Tensor>, IWired
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Sequential? shortcut;

    /// <summary>Creates a block.</summary>
    /// <param name="inputs">The channels of the input, at least 1.</param>
    /// <param name="outputs">The channels of the output, at least 1.</param>
    /// <param name="stride">The stride of the first convolution. The default is 1.</param>
    public ResidualBlock(int inputs, int outputs, int stride = 1)
        : base(nameof(ResidualBlock))
    {
        conv1 = Conv2d(inputs, outputs, 3, stride: stride, padding: 1, bias: false);
        bn1 = BatchNorm2d(outputs);
        conv2 = Conv2d(outputs, outputs, 3, padding: 1, bias: false);
        bn2 = BatchNorm2d(outputs);
        shortcut = inputs == outputs && stride == 1
            ? null
            : Sequential(("conv", Conv2d(inputs, outputs, 1, stride: stride, bias: false)), ("bn", BatchNorm2d(outputs)));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using DisposeScope scope = NewDisposeScope();
        Tensor inner = functional.relu(bn1.call(conv1.call(input)));
        Tensor past = shortcut is null ? input : shortcut.call(input);
        return functional.relu(bn2.call(conv2.call(inner)).add_(past, Scalars.One)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Channels? Wire(ModuleWiring wiring, string name, Channels? input)
    {
        ArgumentNullException.ThrowIfNull(wiring);
        string Layer(string layer) => ModuleWiring.Join(name, layer);
        Channels? inner = wiring.Pass(Layer(nameof(bn1)), wiring.Pass(Layer(nameof(conv1)), input));
        Channels outer = wiring.Pass(Layer(nameof(bn2)), wiring.Pass(Layer(nameof(conv2)), wiring.Rectify(inner!)))!;
        Channels? past = shortcut is null ? input : wiring.Pass(Layer(nameof(shortcut)), input);
        if (past is null)
        {
            wiring.Keep(outer, "they are added to channels that are fixed");
            return null;
        }

        return wiring.Rectify(wiring.Add(past, outer));
    }
}
