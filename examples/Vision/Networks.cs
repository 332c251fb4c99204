using MLNet.DGating.Modules;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Vision;

/// <summary>A network whose channels are to be gated.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Create">Makes a new one.</param>
/// <param name="Groups">
/// The normalizations that share their gates: one behind a convolution by itself, all of a residual stream together, since a channel of a
/// stream is gone only if everything that is added to it is.
/// </param>
internal sealed record Architecture(string Name, Func<Sequential> Create, string[][] Groups)
{
    public static Architecture Of(string name) => name switch
    {
        "resnet" => Residual,
        "vgg16" => LargeNetworks.Vgg16,
        "resnet18" => LargeNetworks.ResNet18,
        _ => Convolutional,
    };

    /// <summary>Four convolutions with normalizations; the first halves the size.</summary>
    private static Architecture Convolutional { get; } = new(
        "conv", () => Sequential(
            ("conv1", Conv2d(1, 32, 3, stride: 2, padding: 1, bias: false)), ("bn1", BatchNorm2d(32)), ("relu1", ReLU()),
            ("conv2", Conv2d(32, 32, 3, padding: 1, bias: false)), ("bn2", BatchNorm2d(32)), ("relu2", ReLU()), ("pool", MaxPool2d(2)),
            ("conv3", Conv2d(32, 64, 3, padding: 1, bias: false)), ("bn3", BatchNorm2d(64)), ("relu3", ReLU()),
            ("conv4", Conv2d(64, 64, 3, padding: 1, bias: false)), ("bn4", BatchNorm2d(64)), ("relu4", ReLU()),
            ("mean", AdaptiveAvgPool2d(1)), ("flat", Flatten()), ("fc", Linear(64, 10))),
        [["bn1"], ["bn2"], ["bn3"], ["bn4"]]);

    /// <summary>Four residual blocks in two stages.</summary>
    private static Architecture Residual { get; } = new(
        "resnet", () => Sequential(
            ("conv", Conv2d(1, 24, 3, stride: 2, padding: 1, bias: false)), ("bn", BatchNorm2d(24)), ("relu", ReLU()),
            ("block1", new ResidualBlock(24, 24)), ("block2", new ResidualBlock(24, 24)),
            ("block3", new ResidualBlock(24, 48, stride: 2)), ("block4", new ResidualBlock(48, 48)),
            ("mean", AdaptiveAvgPool2d(1)), ("flat", Flatten()), ("fc", Linear(48, 10))),
        [
            ["bn", "block1.bn2", "block2.bn2"], ["block1.bn1"], ["block2.bn1"], ["block3.bn1"],
            ["block3.bn2", "block3.shortcut.bn", "block4.bn2"], ["block4.bn1"],
        ]);
}
