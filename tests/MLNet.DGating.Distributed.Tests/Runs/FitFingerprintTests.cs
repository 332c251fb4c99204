using MLNet.DGating.Torch.ModelSelection.Runs;

namespace MLNet.DGating.Distributed.Tests.Runs;

public class FitFingerprintTests
{
    private static readonly FitFingerprint s_first = new("1.0 on .NET 10", "the CPU", 1, "AB", "CD", "X64 with vectors of 256 bits");

    [Fact]
    public void TheSameFit_DoesNotDiffer_NorOneOnAnotherProcessor()
    {
        Assert.Null(s_first.Difference("Rank 1 of 2", s_first));
        Assert.Null((s_first with { Processor = "Arm64" }).Difference("Rank 1 of 2", s_first));
    }

    [Fact]
    public void WhatDiffers_IsNamedWithItsCure()
    {
        (FitFingerprint Other, string Words)[] cases =
        [
            (s_first with { Version = "1.1 on .NET 10" }, "has version 1.1 on .NET 10, but rank 0 has 1.0 on .NET 10: install"),
            (s_first with { Device = "a device" }, "trains on a device, but rank 0 on the CPU: give"),
            (s_first with { Rows = "EF" }, "has read other rows than rank 0: let every rank"),
            (s_first with { Seed = 2 }, "has another seed than rank 0: give"),
            (s_first with { Options = "EF" }, "has other options than rank 0: start"),
        ];
        Assert.All(cases, each => Assert.StartsWith(
            $"Rank 3 of 4 {each.Words}", each.Other.Difference("Rank 3 of 4", s_first), StringComparison.Ordinal));
    }
}
