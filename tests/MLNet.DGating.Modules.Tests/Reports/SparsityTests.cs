using MLNet.DGating.Modules.Tests.Compaction;
using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Tests.Reports;

public class SparsityTests
{
    [Fact]
    public void Operations_AreCountedByHand()
    {
        using DisposeScope scope = NewDisposeScope();
        using Sequential network = torch.nn.Sequential(
            ("conv", torch.nn.Conv2d(3, 4, 3, stride: 2, padding: 1)), ("flat", torch.nn.Flatten()), ("fc", torch.nn.Linear(4 * 4 * 4, 5)));
        SparsityReport report = Sparsity.Report(network, [2, 3, 8, 8]);
        Assert.Equal(2 * (16 * 4 * 27) + 2 * (64 * 5), report.Flops);
        Assert.Equal(4 * 27 + 4 + 64 * 5 + 5, report.Parameters);
        Assert.Equal(report.Flops, report.LivingFlops);
        Assert.True(network.training);
    }

    [Fact]
    public void TheOperationsOfAttention_AreCountedByHand()
    {
        using DisposeScope scope = NewDisposeScope();
        using var block = new TransformerBlock(6, 3, neurons: 5);
        const int length = 7;
        double expected = 2 * length * (4 * 36 + 2 * 30) + 4 * length * length * 6;
        Assert.Equal(expected, Sparsity.Report(block, [1, length, 6]).Flops);
    }

    // Without a cascade, what is living is what a compaction leaves.
    [Theory, MemberData(nameof(ModuleCompactionTests.Kinds), MemberType = typeof(ModuleCompactionTests))]
    public void WhatIsLiving_IsAtLeastWhatACompactionLeaves(string kind) => Gen.Int[0, 100_000].Sample(
        seed =>
        {
            using DisposeScope scope = NewDisposeScope();
            (Sequential network, Tensor input) = ModuleCompactionTests.Make(kind, seed);
            SparsityReport before = Sparsity.Report(network, input.shape, wiring: ModuleWiring.Of(network), inputType: ScalarType.Float64);
            network.Compact();
            SparsityReport after = Sparsity.Report(network, input.shape, inputType: ScalarType.Float64);
            Assert.InRange(after.Flops, 0, before.LivingFlops * (1 + 1e-9));
            Assert.InRange(after.Parameters, 0, before.LivingParameters);
            Assert.InRange(before.LivingFlops, 0, before.Flops);
        },
        iter: 8, threads: 1);

    [Fact]
    public void AReport_IsATable()
    {
        using DisposeScope scope = NewDisposeScope();
        using Sequential network = torch.nn.Sequential(
            ("conv", torch.nn.Conv2d(1, 4, 3)), ("relu", torch.nn.ReLU()), ("next", torch.nn.Conv2d(4, 2, 3)));
        using ModuleGates gates = new ModuleGates(network).GateOutputs("conv");
        using (no_grad())
        {
            gates.get_parameter("conv.bias.gate")?.narrow(0, 0, 3).zero_();
            gates.get_parameter("conv.weight.gate")?.narrow(0, 0, 3).zero_();
        }

        gates.Apply();
        SparsityReport report = Sparsity.Report(network, [1, 1, 8, 8], gates, ModuleWiring.Of(network));
        Assert.Equal(1, report.AliveGroups);
        Assert.Equal(report.Flops / 4, report.LivingFlops);
        string[] lines = report.ToString().Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("1 of    4 groups", lines[0], StringComparison.Ordinal);
        Assert.Equal("30 of 114 parameters", lines[1]);
        Assert.Equal("1,224 of 4,896 operations for an input", lines[2]);
    }
}
