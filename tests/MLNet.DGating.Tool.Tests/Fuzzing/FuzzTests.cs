using MLNet.DGating.Fuzz;
using MLNet.DGating.Fuzz.Targets;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Fuzzing;

/// <summary>A short run of tests/MLNet.DGating.Fuzz; its command goes on for as long as it is told to.</summary>
/// <remarks>What all threads of the process allocate is counted, since readers have threads of their own.</remarks>
[Collection(nameof(Alone))]
public sealed class FuzzTests
{
    private const int Inputs = 60, InputsOfTraining = 5;

    [Fact]
    public void ChangedInputs_AreReadOrRefused_ByEveryReader()
    {
        using var scratch = new Scratch();
        var fuzzer = new Fuzzer(seed: 0, keep: null);
        Assert.All(AllTargets.Create(scratch), target =>
        {
            var tally = new Tally();
            for (int i = 0; i < (target.Trains ? InputsOfTraining : Inputs); i++)
            {
                fuzzer.Try(target, i, tally);
            }

            Assert.Empty(tally.Notes);
            Assert.True(
                tally[target.IsDamaged ? Answer.Refused : Answer.Taken] > 0, $"{target.Name} refuses nothing: its inputs are not changed.");
        });
    }

    [Fact]
    public void AFitThatIsKilled_GoesOnFromItsCheckpoint_AndGivesTheSameBits()
    {
        using var scratch = new Scratch();
        var fits = new ResumedFits(scratch, seed: 1, ["path"]);
        // The moments are random, so that the first ones may be before there is a checkpoint.
        do
        {
            fits.Run(fits.Killed + 2);
        }
        while (fits.Kept == 0);

        Assert.Empty(fits.Faults);
    }

    [Fact]
    public void AReaderThatBreaksItsPromises_IsFound()
    {
        Assert.Equal(FaultKind.Crash, Found(() => throw new InvalidCastException("oops")));
        Assert.Equal(FaultKind.Memory, Found(() => _ = new byte[200 << 20]));
        Assert.Equal(FaultKind.Hang, Found(() => Thread.Sleep(TimeSpan.FromSeconds(6))));
        Assert.Equal(FaultKind.Silent, Found(() => throw new FuzzFault(FaultKind.Silent, "other")));
    }

    private static FaultKind Found(Action fault)
    {
        var tally = new Tally();
        new Fuzzer(seed: 0, keep: null).Try(new Faulty(fault), 0, tally);
        Assert.Single(tally.Notes);
        return Enum.GetValues<FaultKind>().Single(kind => tally[kind] == 1);
    }

    private sealed class Faulty(Action fault) : FuzzTarget("faulty")
    {
        public override byte[] Create(Random random) => [];

        public override Answer Try(byte[] input)
        {
            fault();
            return Answer.Taken;
        }
    }
}
