using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Tests.Gates;

public sealed class GateErrorTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Sequential _network = torch.nn.Sequential(
        ("first", torch.nn.Linear(6, 4)), ("relu", torch.nn.ReLU()), ("second", torch.nn.Linear(4, 2)));

    private readonly ModuleGates _gates;

    public GateErrorTests()
    {
        _gates = new ModuleGates(_network);
    }

    [Fact]
    public void AnUnknownParameter_IsNamed_WithThoseThereAre()
    {
        string message = Message(() => _gates.Gate("third.weight", Groups.Rows));
        Assert.Equal(
            "The module has no parameter 'third.weight'. Its parameters: 'first.weight', 'first.bias', 'second.weight', 'second.bias'.",
            message);
    }

    [Fact]
    public void AnUnknownLayer_IsNamed() =>
        Assert.StartsWith("The module has no submodule 'third'.", Message(() => _gates.GateOutputs("third")), StringComparison.Ordinal);

    [Fact]
    public void ALayerWithoutParameters_HasNoOutputsToGate() =>
        Assert.StartsWith("Submodule 'relu' has no parameters", Message(() => _gates.GateOutputs("relu")), StringComparison.Ordinal);

    [Fact]
    public void HeadsThatDoNotDivideTheRows_AreRefused() => Assert.StartsWith(
        "Parameter 'first.weight' has 4 slices along axis 0, which 3 groups do not divide.",
        Message(() => _gates.Gate("first.weight", Groups.Heads(3))), StringComparison.Ordinal);

    [Fact]
    public void ASecondGate_IsRefused_AlsoByOtherGates()
    {
        _gates.Gate("first.weight", Groups.Rows);
        Assert.Contains("is gated already", Message(() => _gates.Gate("first.weight", Groups.Columns)), StringComparison.Ordinal);
        using var others = new ModuleGates(_network);
        Assert.Contains("is gated already", Message(() => others.GateOutputs("first")), StringComparison.Ordinal);

        // What was marked before the error is free again.
        others.Gate("first.bias", Groups.Rows);
        _gates.Collapse();
        others.Gate("first.weight", Groups.Rows);
    }

    [Fact]
    public void AFrozenParameter_IsRefused()
    {
        _network.get_parameter("first.weight")!.requires_grad_(false);
        Assert.Contains("is frozen", Message(() => _gates.Gate("first.weight", Groups.Rows)), StringComparison.Ordinal);
    }

    [Theory, InlineData(1), InlineData(1.99), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void ADepthBelowTwo_IsRefused(double depth) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _gates.Gate("first.weight", Groups.Rows, depth));

    [Fact]
    public void CommonGates_NeedTheSameNumberOfGroups() => Assert.Contains(
        "'first.weight' has 4 and 'second.weight' has 2",
        Message(() => _gates.Gate(["first.weight", "second.weight"], Groups.Rows)), StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 4)]
    [InlineData(0, -1)]
    [InlineData(0, 0)]
    public void ASlice_IsInOneGroup(int first, int second) => Assert.Throws<ArgumentException>(
        () => _gates.Gate("first.weight", Groups.Of(0, [[first], [second]])));

    [Fact]
    public void AnAxisThatIsNotThere_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => _gates.Gate("first.bias", Groups.Columns));
        Assert.Throws<ArgumentException>(() => _gates.Gate("first.weight", Groups.Blocks(2, 1)));
    }

    [Fact]
    public void DecayApartFromTheGradient_IsRefused_WithTheReason()
    {
        _gates.GateOutputs("first");
        using AdamW optimizer = optim.AdamW(_gates.Trainable, 1e-3, weight_decay: 0.1);
        string message = Assert.Throws<NotSupportedException>(() => _gates.Step(optimizer)).Message;
        Assert.StartsWith("AdamW's weight_decay must be 0 for 'first.weight.gate', but was 0.1.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOptimizerThatDoesNotTrainTheGates_IsRefused()
    {
        _gates.GateOutputs("first");
        using SGD ofModule = optim.SGD(_network.parameters(), 0.1);
        Assert.Contains("does not train 'first.weight.gate'", Message(() => _gates.Step(ofModule)), StringComparison.Ordinal);
        using SGD ofBoth = optim.SGD(_network.parameters().Concat(_gates.Factors), 0.1);
        Assert.Contains("trains 'first.weight' itself", Message(() => _gates.Step(ofBoth)), StringComparison.Ordinal);
    }

    [Fact]
    public void CollapsedGates_SaySo()
    {
        _gates.GateOutputs("first").Collapse();
        Assert.Contains("were collapsed", Message(() => _gates.Apply()), StringComparison.Ordinal);
        Assert.Contains("were collapsed", Message(() => _gates.GateOutputs("first")), StringComparison.Ordinal);
    }

    [Theory, InlineData(-1e-9), InlineData(double.NaN)]
    public void ALambdaBelowZero_IsRefused(double lambda)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _gates.Penalty(lambda));
        Assert.Throws<ArgumentOutOfRangeException>(() => _gates.Backward(lambda));
    }

    [Theory, InlineData(-0.1), InlineData(1), InlineData(double.NaN)]
    public void ACutThreshold_IsAShare(double threshold) => Assert.Throws<ArgumentOutOfRangeException>(() => _gates.Cut(threshold));

    public void Dispose()
    {
        _gates.Dispose();
        _network.Dispose();
        _scope.Dispose();
    }

    private static string Message(Action action) => Record.Exception(action)!.Message;
}
