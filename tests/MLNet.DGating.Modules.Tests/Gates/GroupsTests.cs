using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Tests.Gates;

public class GroupsTests
{
    public static TheoryData<string, int> Divisions => new()
    {
        { "out", 4 }, { "in", 3 }, { "whole", 1 }, { "heads", 2 }, { "blocks", 5 }, { "transposed out", 3 }, { "transposed in", 4 },
    };

    // The norm of a group is that of its slices, whichever axis they lie along.
    [Theory, MemberData(nameof(Divisions))]
    public void Norms_AreThoseOfTheSlices(string division, int count)
    {
        using DisposeScope scope = NewDisposeScope();
        using torch.nn.Module<Tensor, Tensor> layer = division.StartsWith("transposed", StringComparison.Ordinal)
            ? torch.nn.ConvTranspose2d(4, 3, 5).Drawn(1)
            : torch.nn.Conv2d(3, 4, 5).Drawn(1);
        (Groups groups, int axis) = division switch
        {
            "out" => (Groups.OutputChannels, 0),
            "in" => (Groups.InputChannels, 1),
            "whole" => (Groups.Whole, 0),
            "heads" => (Groups.Heads(2), 0),
            "blocks" => (Groups.Blocks(3, 5), 3),
            "transposed out" => (Groups.OutputChannels, 1),
            _ => (Groups.InputChannels, 0),
        };
        using ModuleGates gates = new ModuleGates(layer).Gate("weight", groups);
        Tensor w = layer.get_parameter("weight")!.transpose(0, axis).reshape(count, -1).to(float64);
        GatedGroups measured = Assert.Single(gates.Measure());
        Assert.Equal(Numbers.Host(w.mul(w).sum(1).sqrt()), measured.Norms, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(count, measured.Alive);
    }

    [Fact]
    public void FilterAndBias_AreOneGroup()
    {
        using DisposeScope scope = NewDisposeScope();
        using Conv2d layer = torch.nn.Conv2d(3, 4, 2).Drawn(2);
        using ModuleGates gates = new ModuleGates(layer).GateOutputs("");
        GatedGroups groups = Assert.Single(gates.Measure());
        Assert.Equal(["bias", "weight"], groups.Parameters.Order());
        double[] w = Numbers.Host(layer.weight), b = Numbers.Host(layer.bias!);
        Assert.Equal(Math.Sqrt(w[..12].Sum(x => x * x) + b[0] * b[0]), groups.Norms[0], 1e-9);
    }

    [Fact]
    public void OutputsOfATransposedConvolutionInGroups_LieAlongNoAxis()
    {
        using ConvTranspose2d layer = torch.nn.ConvTranspose2d(4, 6, 2, groups: 2);
        using var gates = new ModuleGates(layer);
        string message = Assert.Throws<ArgumentException>(() => gates.GateOutputs("")).Message;
        Assert.Contains("transposed convolution in 2 groups", message, StringComparison.Ordinal);
        gates.Gate(["weight", "bias"], Groups.Blocks(0, 2));
        Assert.Equal(2, gates.Measure()[0].Count);
    }

    // The native modules of TorchSharp keep their parameters in C++; the gates reach them all the same.
    [Fact]
    public void ParametersOfNativeModules_AreGatedToo()
    {
        using DisposeScope scope = NewDisposeScope();
        using Embedding tokens = torch.nn.Embedding(5, 3).Drawn(3);
        using ModuleGates gates = new ModuleGates(tokens).Gate("weight", Groups.Rows, depth: 2);
        using SGD optimizer = optim.SGD(gates.Trainable, 0.5);
        double[] before = Numbers.Host(tokens.weight!);
        tokens.call(tensor(new long[] { 2 })).sum().backward();
        gates.Step(optimizer);
        double[] after = Numbers.Host(tokens.weight!);
        Assert.Equal(before[..6], after[..6]);
        Assert.NotEqual(before[6..9], after[6..9]);
        Assert.Equal(after[6..9], Numbers.Host(tokens.call(tensor(new long[] { 2 }))));
    }
}
