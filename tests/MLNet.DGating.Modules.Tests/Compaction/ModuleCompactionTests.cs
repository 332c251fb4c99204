using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Tests.Compaction;

public class ModuleCompactionTests
{
    public static TheoryData<string> Kinds => ["convolutional", "residual", "transformer", "grouped", "dense", "U-shaped"];

    [Theory, MemberData(nameof(Kinds))]
    public void Outputs_AreWhatTheyWere_ForAnyArchitecture(string kind) => Gen.Int[0, 100_000].Sample(
        seed =>
        {
            using DisposeScope scope = NewDisposeScope();
            (Sequential network, Tensor input) = Make(kind, seed);
            Tensor before = Evaluated(network, input);
            long parameters = network.parameters().Sum(parameter => parameter.numel());

            IReadOnlyList<CompactedChannels> channels = network.Compact();

            Assert.InRange(Numbers.Difference(before, Evaluated(network, input)), 0, 1e-6);
            bool removed = channels.Any(each => each.After < each.Before);
            Assert.Equal(removed, network.parameters().Sum(parameter => parameter.numel()) < parameters);

            // A convolution with one group left is one whose channels go one by one.
            if (kind is not ("grouped" or "U-shaped"))
            {
                Assert.All(network.Compact(), each => Assert.Equal(each.Before, each.After));
            }
        },
        iter: 25, threads: 1);

    // What is left can still be trained.
    [Theory, MemberData(nameof(Kinds))]
    public void GradientsOfWhatIsLeft_AreWhatTheyWere(string kind) => Gen.Int[0, 100_000].Sample(
        seed =>
        {
            using DisposeScope scope = NewDisposeScope();
            (Sequential network, Tensor input) = Make(kind, seed);
            network.eval();
            double[] before = InputGradient(network, input);
            network.Compact(example: input);
            double[] after = InputGradient(network, input);
            double scale = Math.Max(before.Max(Math.Abs), 1e-12);
            Assert.All(before.Zip(after), pair => Assert.Equal(pair.First / scale, pair.Second / scale, 1e-6));
        },
        iter: 8, threads: 1);

    [Fact]
    public void ADeadFilter_TakesItsInputOfTheNextLayerWithIt()
    {
        using DisposeScope scope = NewDisposeScope();
        using Sequential network = TwoConvolutions();
        using (no_grad())
        {
            network.get_parameter("conv1.weight")![1].zero_();
            network.get_parameter("conv1.bias")![1].zero_();
        }

        Assert.Equal([new("conv1", 4, 3)], network.Compact(ModuleWiring.Of(network)));
        Assert.Equal([3, 2, 3, 3], network.get_parameter("conv1.weight")!.shape);
        Assert.Equal([5, 3, 3, 3], network.get_parameter("conv2.weight")!.shape);
    }

    // Padding keeps a constant from being folded into the next layer exactly.
    [Fact]
    public void AFilterWithALivingBias_Stays()
    {
        using DisposeScope scope = NewDisposeScope();
        using Sequential network = TwoConvolutions();
        using (no_grad())
        {
            network.get_parameter("conv1.weight")![1].zero_();
            network.get_parameter("conv1.bias")![1].fill_(0.5);
        }

        Assert.Equal(new("conv1", 4, 4), network.Compact()[0]);
        using (no_grad())
        {
            network.get_parameter("conv1.bias")![1].fill_(-0.5); // ReLU takes it to zero.
        }

        Assert.Equal(new("conv1", 4, 3), network.Compact()[0]);
    }

    [Fact]
    public void WithoutAnyLivingFilter_OneStays_AndWithoutAnyHead_None()
    {
        using DisposeScope scope = NewDisposeScope();
        using Sequential network = torch.nn.Sequential(("block", new TransformerBlock(4, 2)), ("head", torch.nn.Linear(4, 2)));
        using (no_grad())
        {
            network.get_parameter("block.attention.value.weight")!.zero_();
            network.get_parameter("block.up.weight")!.zero_();
            network.get_parameter("block.up.bias")!.zero_();
        }

        Tensor input = Numbers.Normal(1, 2, 3, 4).to(float32), before = Evaluated(network, input);
        IReadOnlyList<CompactedChannels> channels = network.Compact(example: input);
        Assert.Contains(new("block.attention.value", 2, 0), channels);
        Assert.Contains(new("block.up", 16, 1), channels);
        Assert.Equal(0, network.modules().OfType<SelfAttention>().Single().Heads);
        Assert.InRange(Numbers.Difference(before, Evaluated(network, input)), 0, 1e-6);
        network.Compact(example: input);
    }

    [Fact]
    public void ACascade_IsFollowedToItsEnd()
    {
        using DisposeScope scope = NewDisposeScope();
        using Sequential network = torch.nn.Sequential(
            ("a", torch.nn.Linear(3, 4, hasBias: false)), ("b", torch.nn.Linear(4, 5, hasBias: false)), ("c", torch.nn.Linear(5, 2)));
        using (no_grad())
        {
            // Neuron 2 of b reads neuron 0 of a alone, which is dead.
            network.get_parameter("a.weight")![0].zero_();
            network.get_parameter("b.weight")![2].zero_();
            network.get_parameter("b.weight")![2, 0].fill_(1);
        }

        Assert.Equal([new("a", 4, 3), new("b", 5, 4)], network.Compact());
    }

    [Fact]
    public void AWrongWiring_IsFound_AndEverythingPutBack()
    {
        using DisposeScope scope = NewDisposeScope();
        using Sequential network = torch.nn.Sequential(
            ("a", torch.nn.Linear(3, 4)), ("sigmoid", torch.nn.Sigmoid()), ("b", torch.nn.Linear(4, 2)));
        using (no_grad())
        {
            network.get_parameter("a.weight")![0].zero_();
            network.get_parameter("a.bias")![0].zero_();
        }

        string unknown = Assert.Throws<NotSupportedException>(() => network.Compact()).Message;
        Assert.Contains("it is not known what it does", unknown, StringComparison.Ordinal);
        Tensor input = Numbers.Normal(1, 5, 3).to(float32), before = Evaluated(network, input);
        ModuleWiring wrong = new ModuleWiring(network).Feeds("a", "b");
        string message = Assert.Throws<InvalidOperationException>(() => network.Compact(wrong, input)).Message;
        Assert.StartsWith("After the dead channels were removed, the outputs differ by", message, StringComparison.Ordinal);
        Assert.Equal(Numbers.Host(before), Numbers.Host(Evaluated(network, input)));
    }

    [Fact]
    public void AWiringThatLeavesOutALayer_IsFound()
    {
        using DisposeScope scope = NewDisposeScope();
        using Sequential network = torch.nn.Sequential(
            ("a", torch.nn.Conv2d(2, 4, 1, bias: false)), ("bn", torch.nn.BatchNorm2d(4)), ("b", torch.nn.Conv2d(4, 2, 1)));
        using (no_grad())
        {
            network.get_parameter("a.weight")![0].zero_();
        }

        Tensor input = Numbers.Normal(1, 5, 2, 3, 3).to(float32), before = Evaluated(network, input);
        ModuleWiring wrong = new ModuleWiring(network).Feeds("a", "b");
        string message = Assert.Throws<InvalidOperationException>(() => network.Compact(wrong, input)).Message;
        Assert.Contains("the forward method fails", message, StringComparison.Ordinal);
        Assert.Equal(Numbers.Host(before), Numbers.Host(Evaluated(network, input)));
        Assert.Equal([new("a", 4, 3)], network.Compact(new ModuleWiring(network).Feeds("a", "bn", "b"), input));
    }

    [Fact]
    public void AGatedModule_IsNotCompacted()
    {
        using Sequential network = TwoConvolutions();
        using ModuleGates gates = new ModuleGates(network).GateOutputs("conv1");
        string message = Assert.Throws<InvalidOperationException>(() => network.Compact()).Message;
        Assert.Contains("Call Collapse first", message, StringComparison.Ordinal);
    }

    [Fact]
    public void CompactedWeights_AreSavedAndLoaded()
    {
        using DisposeScope scope = NewDisposeScope();
        (Sequential network, Tensor input) = Make("convolutional", 5);
        network.Compact();
        using var stream = new MemoryStream();
        network.save(stream);
        Tensor before = Evaluated(network, input);
        network.Drawn(99);
        network.load(new MemoryStream(stream.ToArray()));
        Assert.Equal(Numbers.Host(before), Numbers.Host(Evaluated(network, input)));
    }

    [Fact]
    public void Compacting_LeavesNoTensors()
    {
        using DisposeScope scope = NewDisposeScope();
        using Sequential network = TwoConvolutions();
        using (no_grad())
        {
            network.get_parameter("conv1.weight")![1].zero_();
            network.get_parameter("conv1.bias")![1].zero_();
        }

        Tensor input = Numbers.Normal(1, 2, 2, 6, 6).to(float32);
        var wiring = ModuleWiring.Of(network);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Assert.Equal(3, network.Compact(wiring, input)[0].After);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    internal static (Sequential Network, Tensor Input) Make(string kind, int seed)
    {
        var random = new Random(seed);
        Sequential network = kind switch
        {
            "convolutional" => Networks.Convolutional(random),
            "residual" => Networks.Residual(random),
            "grouped" => Networks.Grouped(random),
            "dense" => Networks.Dense(random),
            "U-shaped" => Networks.UShaped(random),
            _ => Networks.Transformer(random),
        };
        network.to(float64).Drawn(seed);
        Networks.Thin(network, random);
        return (network, kind == "transformer" ? Numbers.Normal(seed + 1, 3, 5, 2) : Numbers.Normal(seed + 1, 3, 2, 8, 8));
    }

    internal static Tensor Evaluated(torch.nn.Module<Tensor, Tensor> network, Tensor input)
    {
        network.eval();
        using IDisposable noGradient = no_grad();
        return network.call(input);
    }

    private static double[] InputGradient(Sequential network, Tensor input)
    {
        Tensor leaf = input.detach().clone().requires_grad_(true);
        network.call(leaf).pow(2).sum().backward();
        return leaf.grad is { } gradient ? Numbers.Host(gradient) : [0];
    }

    private static Sequential TwoConvolutions() => torch.nn.Sequential(
        ("conv1", torch.nn.Conv2d(2, 4, 3, padding: 1)), ("relu", torch.nn.ReLU()), ("conv2", torch.nn.Conv2d(4, 5, 3, padding: 1)));
}
