using MLNet.DGating.Modules;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vision;

/// <summary>The networks of the paper for images of 32 × 32 pixels, for a GPU (paper-on-gpu.sh).</summary>
internal static class LargeNetworks
{
    private static readonly int[] s_widths = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512];

    /// <summary>Thirteen convolutions with poolings between them (Simonyan and Zisserman 2015), and one linear layer.</summary>
    public static Architecture Vgg16 { get; } = new(
        "vgg16", MakeVgg16, [.. s_widths.Index().Where(each => each.Item > 0).Select(each => new[] { $"bn{each.Index}" })]);

    /// <summary>Eight residual blocks in four stages (He and others 2016).</summary>
    public static Architecture ResNet18 { get; } = new(
        "resnet18", () => Sequential(
            ("conv", Conv2d(3, 64, 3, padding: 1, bias: false)), ("bn", BatchNorm2d(64)), ("relu", ReLU()),
            ("a1", new ResidualBlock(64, 64)), ("a2", new ResidualBlock(64, 64)),
            ("b1", new ResidualBlock(64, 128, stride: 2)), ("b2", new ResidualBlock(128, 128)),
            ("c1", new ResidualBlock(128, 256, stride: 2)), ("c2", new ResidualBlock(256, 256)),
            ("d1", new ResidualBlock(256, 512, stride: 2)), ("d2", new ResidualBlock(512, 512)),
            ("mean", AdaptiveAvgPool2d(1)), ("flat", Flatten()), ("fc", Linear(512, 10))),
        [
            ["bn", "a1.bn2", "a2.bn2"], ["b1.bn2", "b1.shortcut.bn", "b2.bn2"], ["c1.bn2", "c1.shortcut.bn", "c2.bn2"],
            ["d1.bn2", "d1.shortcut.bn", "d2.bn2"],
            ["a1.bn1"], ["a2.bn1"], ["b1.bn1"], ["b2.bn1"], ["c1.bn1"], ["c2.bn1"], ["d1.bn1"], ["d2.bn1"],
        ]);

    private static Sequential MakeVgg16()
    {
        var layers = new List<(string, Module<Tensor, Tensor>)>();
        int channels = 3;
        foreach ((int i, int width) in s_widths.Index())
        {
            if (width == 0)
            {
                layers.Add(($"pool{i}", MaxPool2d(2)));
                continue;
            }

            layers.Add(($"conv{i}", Conv2d(channels, width, 3, padding: 1, bias: false)));
            layers.Add(($"bn{i}", BatchNorm2d(width)));
            layers.Add(($"relu{i}", ReLU()));
            channels = width;
        }

        layers.AddRange([("mean", AdaptiveAvgPool2d(1)), ("flat", Flatten()), ("fc", Linear(channels, 10))]);
        return Sequential(layers);
    }
}
