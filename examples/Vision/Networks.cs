using MLNet.DGating.Modules;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vision;

/// <summary>A network whose channels are to be gated.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Make">Makes a new one, with a share of the channels.</param>
/// <param name="Groups">
/// The normalizations that share their gates: one behind a convolution by itself, all of a residual stream together, since a channel of a
/// stream is gone only if everything that is added to it is.
/// </param>
internal sealed record Architecture(string Name, Func<double, Sequential> Make, string[][] Groups)
{
    public static Architecture Of(string name, ImageData data) => name switch
    {
        "conv" => Convolutional(data),
        "resnet" => Residual(data),
        "vgg16" => LargeNetworks.Vgg16(data),
        "resnet18" => LargeNetworks.ResNet18(data),
        _ => throw new ArgumentException($"There is no network '{name}'. Name conv, resnet, vgg16 or resnet18."),
    };

    /// <summary>Makes a new network, the same each time.</summary>
    /// <param name="share">The share of channels that it has of each layer. The default is 1.</param>
    public Sequential Create(double share = 1)
    {
        // The layers of TorchSharp draw their weights from torch's generator.
        random.manual_seed(1);
        return Make(share);
    }

    /// <summary>Four convolutions with normalizations; the first halves the size.</summary>
    private static Architecture Convolutional(ImageData data) => new(
        "conv", share =>
        {
            (int few, int many) = ((int)(32 * share), (int)(64 * share));
            return Sequential(
                ("conv1", Conv2d(data.Channels, few, 3, stride: 2, padding: 1, bias: false)), ("bn1", BatchNorm2d(few)), ("relu1", ReLU()),
                ("conv2", Conv2d(few, few, 3, padding: 1, bias: false)), ("bn2", BatchNorm2d(few)), ("relu2", ReLU()),
                ("pool", MaxPool2d(2)),
                ("conv3", Conv2d(few, many, 3, padding: 1, bias: false)), ("bn3", BatchNorm2d(many)), ("relu3", ReLU()),
                ("conv4", Conv2d(many, many, 3, padding: 1, bias: false)), ("bn4", BatchNorm2d(many)), ("relu4", ReLU()),
                ("mean", AdaptiveAvgPool2d(1)), ("flat", Flatten()), ("fc", Linear(many, data.Kinds)));
        },
        [["bn1"], ["bn2"], ["bn3"], ["bn4"]]);

    /// <summary>Four residual blocks in two stages.</summary>
    private static Architecture Residual(ImageData data) => new(
        "resnet", share =>
        {
            (int few, int many) = ((int)(24 * share), (int)(48 * share));
            return Sequential(
                ("conv", Conv2d(data.Channels, few, 3, stride: 2, padding: 1, bias: false)), ("bn", BatchNorm2d(few)), ("relu", ReLU()),
                ("block1", new ResidualBlock(few, few)), ("block2", new ResidualBlock(few, few)),
                ("block3", new ResidualBlock(few, many, stride: 2)), ("block4", new ResidualBlock(many, many)),
                ("mean", AdaptiveAvgPool2d(1)), ("flat", Flatten()), ("fc", Linear(many, data.Kinds)));
        },
        [
            ["bn", "block1.bn2", "block2.bn2"], ["block1.bn1"], ["block2.bn1"], ["block3.bn1"],
            ["block3.bn2", "block3.shortcut.bn", "block4.bn2"], ["block4.bn1"],
        ]);
}
