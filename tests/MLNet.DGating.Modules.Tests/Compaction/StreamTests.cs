using MLNet.DGating.Modules.Gates;
using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Tests.Compaction;

/// <summary>Channels that pass convolutions in groups, are concatenated or are normalized together.</summary>
public sealed class StreamTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _input = Numbers.Normal(1, 3, 2, 6, 6).to(float32);

    [Fact]
    public void ADepthwiseConvolution_LosesTheChannelsThatItReads()
    {
        Sequential network = Grouped(groups: 4, outputs: 8);
        Kill(network, "in", 1, 2);
        Assert.Equal([new("in", 4, 2)], network.Compact(example: _input));
        var grouped = (Conv2d)ModuleNames.Get(network, "grouped");
        Assert.Equal((2, 2, 4), (grouped.groups, grouped.in_channels, grouped.out_channels));
        Assert.Equal([5, 4, 1, 1], network.get_parameter("out.weight")!.shape);
    }

    [Fact]
    public void AGroupThatIsNotWhollyDead_Stays()
    {
        Sequential network = Grouped(groups: 2, outputs: 6);
        Kill(network, "in", 0, 2);
        Assert.Equal([new("in", 4, 4)], network.Compact(example: _input));
        Kill(network, "in", 3);
        Assert.Equal([new("in", 4, 2)], network.Compact(example: _input));
        Assert.Equal([3, 2, 3, 3], network.get_parameter("grouped.weight")!.shape);
    }

    [Fact]
    public void ABiasBehindDeadInputs_KeepsItsGroup()
    {
        Sequential network = Grouped(groups: 4, outputs: 4, bias: true);
        Kill(network, "in", 1, 2);
        using (no_grad())
        {
            network.get_parameter("grouped.bias")![2].zero_();
        }

        Assert.Equal([new("in", 4, 3)], network.Compact(example: _input));
    }

    [Fact]
    public void NormalizedGroups_GoAsAWhole()
    {
        Sequential network = torch.nn.Sequential(
            ("in", torch.nn.Conv2d(2, 6, 1)), ("norm", torch.nn.GroupNorm(3, 6)), ("relu", torch.nn.ReLU()),
            ("out", torch.nn.Conv2d(6, 2, 1)));

        // TorchSharp leaves the numbers of a new GroupNorm as they were in memory.
        network.Drawn(1);
        Kill(network, "in", 0, 2, 3);
        using (no_grad())
        {
            network.get_parameter("norm.bias")!.zero_();
        }

        Assert.Equal([new("in", 6, 4)], network.Compact(example: _input));
        Assert.Equal(2, ((GroupNorm)ModuleNames.Get(network, "norm")).num_groups);
    }

    [Fact]
    public void ChannelsOfAConcatenation_AreRemovedWhereverTheyAreRead()
    {
        Sequential network = torch.nn.Sequential(("dense", new DenseLayers(2, [3, 4])), ("out", torch.nn.Conv2d(9, 2, 1)));
        Kill(network, "dense.layers.0.bn", 1);
        Kill(network, "dense.layers.1.bn", 0, 3);
        Assert.Equal(
            [new("dense.layers.0.conv", 3, 2), new("dense.layers.1.conv", 4, 2)], network.Compact(example: _input).Take(2));
        Assert.Equal([2, 4, 3, 3], network.get_parameter("dense.layers.1.conv.weight")!.shape);
        Assert.Equal([2, 6, 1, 1], network.get_parameter("out.weight")!.shape);
    }

    // Described in the wrong order, the example finds it.
    [Fact]
    public void AConcatenationInAnotherOrder_IsFound_AndGroupsAreAsBefore()
    {
        using var network = new UShape(2, 3, 4, 4, 2, 2);
        Kill(network, "outer", 0);
        Kill(network, "down", 0, 1);
        using (no_grad())
        {
            network.get_parameter("up.bias")!.zero_();
        }

        network.eval();
        double[] before = Numbers.Host(network.call(_input));
        var wiring = new ModuleWiring(network);
        Channels past = wiring.Pass("outer", null)!;
        wiring.Read(wiring.Concat(wiring.Pass("up", wiring.Pass("down", past))!, past), "end");
        Assert.Throws<InvalidOperationException>(() => network.Compact(wiring, _input));
        Assert.Equal(before, Numbers.Host(network.call(_input)));
        Assert.Equal(2, ((ConvTranspose2d)ModuleNames.Get(network, "up")).groups);

        Assert.Equal([new("outer", 3, 2), new("down", 4, 2)], network.Compact(ModuleWiring.Of(network), _input).Take(2));
        Assert.Equal(1, ((ConvTranspose2d)ModuleNames.Get(network, "up")).groups);
    }

    [Fact]
    public void AStreamWithLayerNorm_Stays_AndTheResultSaysWhy()
    {
        Sequential network = torch.nn.Sequential(
            ("in", torch.nn.Linear(6, 4)), ("norm", torch.nn.LayerNorm(4)), ("out", torch.nn.Linear(4, 2)));
        Kill(network, "in", 1);
        CompactedChannels kept = Assert.Single(network.Compact(example: _input));
        Assert.Equal(("in", 4, 4), (kept.Name, kept.Before, kept.After));
        Assert.Equal(
            "1 of 4 are zero, but 'norm' is a LayerNorm, which takes mean and deviation over all of them, so that the others would change",
            kept.KeptBecause);
        string message = Assert.Throws<NotSupportedException>(() => new ModuleWiring(network).Feeds("in", "norm", "out")).Message;
        Assert.StartsWith("No channels come out of 'norm', a LayerNorm that mixes them.", message, StringComparison.Ordinal);
        var wiring = new ModuleWiring(network);
        Assert.Contains("Keep them", Message(() => wiring.Normalize(wiring.Make("in"), "norm")), StringComparison.Ordinal);
    }

    [Fact]
    public void AConvolutionInGroups_MakesNoChannelsOfItsOwn()
    {
        var wiring = new ModuleWiring(Grouped(groups: 2, outputs: 4));
        Assert.StartsWith("Layer 'grouped' is a convolution in groups", Message(() => wiring.Make("grouped")), StringComparison.Ordinal);
        string message = Message(() => wiring.Pass("grouped", wiring.Make("out")));
        Assert.Contains("reads 4 channels, but 'out' has 5", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALayerThatIsUsedTwice_LosesWhatIsDeadBothTimes()
    {
        Sequential network = torch.nn.Sequential(
            ("left", torch.nn.Linear(3, 4)), ("right", torch.nn.Linear(3, 4)), ("shared", torch.nn.Linear(4, 2)));
        Kill(network, "left", 0, 1);
        Kill(network, "right", 1, 2);
        var wiring = new ModuleWiring(network);
        wiring.Read(wiring.Make("left"), "shared");
        wiring.Read(wiring.Make("right"), "shared");
        Assert.Equal([new("left", 4, 3)], network.Compact(wiring));
        Assert.Equal([2, 3], network.get_parameter("shared.weight")!.shape);
    }

    public void Dispose() => _scope.Dispose();

    private static Sequential Grouped(int groups, int outputs, bool bias = false) => torch.nn.Sequential(
        ("in", torch.nn.Conv2d(2, 4, 1)), ("relu", torch.nn.ReLU()),
        ("grouped", torch.nn.Conv2d(4, outputs, 3, padding: 1, groups: groups, bias: bias)), ("out", torch.nn.Conv2d(outputs, 5, 1)));

    private static void Kill(Module network, string layer, params int[] channels)
    {
        using IDisposable noGradient = no_grad();
        foreach (Parameter parameter in ModuleNames.Get(network, layer).parameters())
        {
            foreach (int channel in channels)
            {
                parameter[channel].zero_();
            }
        }
    }

    private static string Message(Action action) => Record.Exception(action)!.Message;
}
