using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.Tests.RegularizationPath;

public sealed class WorkShareTests
{
    [Fact]
    public void AStage_TakesTheShareOfTheRestThatWasAnnounced()
    {
        var work = new WorkShare();
        work.Announce(0.5);
        WorkShare[] first = work.Begin(2);
        first[0].Reach(1);
        Assert.Equal(0.25, work.Fraction);
        work.Announce(1);
        WorkShare second = work.Begin(1)[0];
        Assert.Equal(0.5, work.Fraction);
        second.Announce(1);
        second.Begin(1)[0].Reach(0.5);
        Assert.Equal(0.75, work.Fraction);
        second.Reach(1);
        Assert.Equal(1, work.Fraction);
    }

    [Fact]
    public void WhateverHappens_TheFractionNeverFallsAndIsAtMost1() => Gen.Int[0, 1_000_000].Array[1, 40].Sample(steps =>
    {
        var work = new WorkShare();
        WorkShare[] parts = [work];
        double before = 0;
        foreach (int step in steps)
        {
            WorkShare part = parts[step % parts.Length];
            switch (step % 4)
            {
                case 0: work.Announce(step % 100 / 100.0); break;
                case 1: parts = work.Begin((step % 3) + 1); break;
                case 2: part.Begin((step % 5) + 1)[0].Reach(step % 101 / 100.0); break;
                default: part.Reach(step % 101 / 100.0); break;
            }

            Assert.InRange(work.Fraction, before, 1);
            before = work.Fraction;
        }
    });

    [Fact]
    public void ThePath_GoesFrom0To1_WhateverLeavesWhen() => Gen.Select(Gen.Int[1, 5000], Gen.Int[0, 4]).Sample((groups, end) =>
    {
        var length = new PathLength(20, groups, Math.Min(end, groups));
        double before = 0;
        for (int iteration = 1; iteration <= 20; iteration++)
        {
            Assert.InRange(length.Dense(iteration, 20), before, 1);
            before = length.Dense(iteration, 20);
        }

        for (int iteration = 1, left = groups; left > end; iteration++)
        {
            left = Math.Max(end, left - 1 - left / 10);
            Assert.InRange(length.Path(iteration, left), before, 1);
            before = length.Path(iteration, left);
        }

        Assert.Equal(1, groups > end ? before : length.Dense(20, 20), 1e-9);
    });
}
