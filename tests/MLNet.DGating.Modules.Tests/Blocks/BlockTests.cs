using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Tests.Blocks;

public class BlockTests
{
    [Fact]
    public void CausalAttention_ReadsNothingThatComesLater()
    {
        using DisposeScope scope = NewDisposeScope();
        using var attention = new SelfAttention(8, 2);
        Tensor input = Numbers.Normal(1, 1, 5, 8).to(float32), changed = input.clone();
        changed[.., 3..].fill_(3);
        double[] before = Numbers.Host(attention.call(input)[0, ..3]), after = Numbers.Host(attention.call(changed)[0, ..3]);
        Assert.Equal(before, after);
    }

    [Fact]
    public void AWidthThatHeadsDoNotDivide_IsRefused() => Assert.Contains(
        "not a multiple of 3 heads", Message(() => new SelfAttention(8, 3)), StringComparison.Ordinal);

    [Fact]
    public void Blocks_LeaveNoTensors()
    {
        using DisposeScope scope = NewDisposeScope();
        using var block = new TransformerBlock(8, 2);
        using var residual = new ResidualBlock(2, 3, 2);
        Tensor sequence = ones(1, 5, 8), image = ones(1, 2, 6, 6);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        block.call(sequence).Dispose();
        residual.call(image).Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    // A network that is C# of its own describes itself, or is described.
    [Fact]
    public void AModuleOfOnesOwn_IsCompacted_ByEitherDescription()
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (bool describesItself in new[] { true, false })
        {
            using var network = new TwoPaths();
            using (no_grad())
            {
                network.get_parameter("left.weight")![0].zero_();
                network.get_parameter("right.weight")![0].zero_();
                network.get_parameter("left.weight")![1].zero_();
            }

            ModuleWiring wiring = describesItself ? ModuleWiring.Of(network) : Described(network);
            Assert.Equal([new("left", 4, 3)], network.Compact(wiring, Numbers.Normal(1, 6, 3).to(float32)));
            Assert.Equal([2, 3], network.get_parameter("end.weight")!.shape);
        }
    }

    [Fact]
    public void ChannelsThatAreAdded_AreAsMany()
    {
        using Sequential network = torch.nn.Sequential(("a", torch.nn.Linear(3, 4)), ("b", torch.nn.Linear(3, 5)));
        var wiring = new ModuleWiring(network);
        Assert.Contains("they are 4 and 5", Message(() => wiring.Add(wiring.Make("a"), wiring.Make("b"))), StringComparison.Ordinal);
        Assert.Contains("do not divide", Message(() => wiring.Feeds("a", "b")), StringComparison.Ordinal);
    }

    private static string Message(Func<object> action) => Assert.Throws<ArgumentException>(action).Message;

    private static ModuleWiring Described(TwoPaths network)
    {
        var wiring = new ModuleWiring(network);
        wiring.Read(wiring.Add(wiring.Make("left"), wiring.Make("right")), "end");
        return wiring;
    }

    private sealed class TwoPaths : torch.nn.Module<Tensor, Tensor>, IWired
    {
        private readonly Linear left = torch.nn.Linear(3, 4, hasBias: false);
        private readonly Linear right = torch.nn.Linear(3, 4, hasBias: false);
        private readonly Linear end = torch.nn.Linear(4, 2);

        public TwoPaths() : base(nameof(TwoPaths)) => RegisterComponents();

        public override Tensor forward(Tensor input) => end.call(torch.nn.functional.relu(left.call(input) + right.call(input)));

        public Channels? Wire(ModuleWiring wiring, string name, Channels? input)
        {
            Channels first = wiring.Pass(ModuleWiring.Join(name, nameof(left)), input)!;
            Channels sum = wiring.Add(first, wiring.Pass(ModuleWiring.Join(name, nameof(right)), input)!);
            return wiring.Pass(ModuleWiring.Join(name, nameof(end)), wiring.Rectify(sum));
        }
    }
}
