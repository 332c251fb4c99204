using MLNet.DGating.Modules;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vision;

/// <summary>The networks of the paper for images of 32 × 32 pixels, for a GPU (paper-on-gpu.sh).</summary>
internal static class LargeNetworks
{
    private static readonly int[] s_stages = [64, 128, 256, 512];

    private static readonly int[] s_widths = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512];

    /// <summary>Thirteen convolutions with poolings between them (Simonyan and Zisserman 2015), and one linear layer.</summary>
    public static Architecture Vgg16(ImageData data) => new(
        "vgg16", share => MakeVgg16(data, share),
        [.. s_widths.Index().Where(each => each.Item > 0).Select(each => new[] { $"bn{each.Index}" })]);

    /// <summary>Eight residual blocks in four stages (He and others 2016).</summary>
    public static Architecture ResNet18(ImageData data) => new(
        "resnet18", share =>
        {
            int[] widths = [.. s_stages.Select(width => (int)(width * share))];
            return Sequential(
                ("conv", Conv2d(data.Channels, widths[0], 3, padding: 1, bias: false)), ("bn", BatchNorm2d(widths[0])), ("relu", ReLU()),
                ("a1", new ResidualBlock(widths[0], widths[0])), ("a2", new ResidualBlock(widths[0], widths[0])),
                ("b1", new ResidualBlock(widths[0], widths[1], stride: 2)), ("b2", new ResidualBlock(widths[1], widths[1])),
                ("c1", new ResidualBlock(widths[1], widths[2], stride: 2)), ("c2", new ResidualBlock(widths[2], widths[2])),
                ("d1", new ResidualBlock(widths[2], widths[3], stride: 2)), ("d2", new ResidualBlock(widths[3], widths[3])),
                ("mean", AdaptiveAvgPool2d(1)), ("flat", Flatten()), ("fc", Linear(widths[3], data.Kinds)));
        },
        [
            ["bn", "a1.bn2", "a2.bn2"], ["b1.bn2", "b1.shortcut.bn", "b2.bn2"], ["c1.bn2", "c1.shortcut.bn", "c2.bn2"],
            ["d1.bn2", "d1.shortcut.bn", "d2.bn2"],
            ["a1.bn1"], ["a2.bn1"], ["b1.bn1"], ["b2.bn1"], ["c1.bn1"], ["c2.bn1"], ["d1.bn1"], ["d2.bn1"],
        ]);

    private static Sequential MakeVgg16(ImageData data, double share)
    {
        var layers = new List<(string, Module<Tensor, Tensor>)>();
        int channels = data.Channels;
        foreach ((int i, int full) in s_widths.Index())
        {
            int width = (int)(full * share);
            if (full == 0)
            {
                layers.Add(($"pool{i}", MaxPool2d(2)));
                continue;
            }

            layers.Add(($"conv{i}", Conv2d(channels, width, 3, padding: 1, bias: false)));
            layers.Add(($"bn{i}", BatchNorm2d(width)));
            layers.Add(($"relu{i}", ReLU()));
            channels = width;
        }

        layers.AddRange([("mean", AdaptiveAvgPool2d(1)), ("flat", Flatten()), ("fc", Linear(channels, data.Kinds))]);
        return Sequential(layers);
    }
}
