using MLNet.DGating.Torch.Backends.Batched;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Devices;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Backends.Batched;

/// <summary>Steps that are recorded once and replayed, with a recorder that keeps closures in place of a card's operations.</summary>
[Collection(Alone.Name)]
public class RecordedStepTests
{
    private static readonly FitSettings s_settings =
        TestRuns.Small.With(training => training with { LambdaGrowth = 1.2, NumberOfRefitIterations = 4 });

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void RecordedRuns_HaveTheBitsOfLaunchedOnes(string name)
    {
        var closures = new Closures();
        List<float[]> launched = Train(name, recorder: null), recorded = Train(name, closures.Recorder);
        Assert.Equal(launched, recorded);
        Assert.Empty(closures.Warnings);
        // Most steps have a shape that comes again.
        Assert.InRange(closures.Captures, 1, closures.Replays / 5);
    }

    [Fact]
    public void AStepIsRecordedOnceForAShape_WhichColumnsThatLeaveSeldomChange()
    {
        var closures = new Closures();
        using (var runs = new BatchedRuns(torch.ScalarType.Float32, torch.CPU, closures.Recorder))
        {
            Run(runs, "squared", count: 1);
        }

        // Twelve widths at most on the path, and those of the refits.
        Assert.InRange(closures.Captures, 2, 16);
        Assert.Equal(closures.Captures, closures.Disposed);
    }

    [Fact]
    public void NoMoreRecordingsAreKept_ThanThePoolHolds()
    {
        var closures = new Closures();
        Train("squared", closures.Recorder);
        Assert.InRange(closures.MostAlive, 1, StackPool.LargestNumber);
        Assert.Equal(closures.Captures, closures.Disposed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void AFaultInARecording_EndsInLaunchedStepsWithTheSameBits_AndOneWarning(int after)
    {
        var closures = new Closures { FaultAfter = after };
        Assert.Equal(Train("softmax, noise", recorder: null), Train("softmax, noise", closures.Recorder));
        Assert.Equal(after, closures.Captures);
        Assert.Equal(
            "Steps could not be recorded on the device and are launched one by one, which is slower: The stream is broken.",
            Assert.Single(closures.Warnings));
        Assert.Equal(0, closures.Open);
    }

    [Fact]
    public void ARunThatIsCancelledWhileStepsAreReplayed_LeavesTheDeviceInOrder()
    {
        var closures = new Closures();
        int iterations = 0;
        RunContext stopped = RunContext.Silent with
        {
            CheckAlive = () =>
            {
                if (iterations++ >= 9)
                {
                    throw new OperationCanceledException();
                }
            },
        };
        using (var runs = new BatchedRuns(torch.ScalarType.Float32, torch.CPU, closures.Recorder))
        {
            RunResult[] results = Run(runs, "squared", count: 3, number => number == 1 ? stopped : RunContext.Silent);
            Assert.Equal([false, true, false], results.Select(result => result.IsCancelled));
        }

        Assert.Equal((0, closures.Captures), (closures.Open, closures.Disposed));
    }

    private static readonly Dictionary<string, Case> s_cases = new()
    {
        ["squared"] = new(Planted.Linear(1, 150, [.. Enumerable.Repeat(1, 12)], [1, 5, 7]), 0),
        ["groups of several columns"] = new(Planted.Linear(2, 161, [1, 3, 2, 1, 1, 4, 1, 1], [1, 5], weighted: true), 0),
        ["logistic"] = new(Planted.LinearClasses(4, 203, [.. Enumerable.Repeat(1, 10)], [2, 6]), 0),
        ["softmax, noise"] = new(Planted.Classes(7, 240, 10), 0.5),
    };

    private static List<float[]> Train(string name, StepRecorder? recorder)
    {
        using var runs = new BatchedRuns(torch.ScalarType.Float32, torch.CPU, recorder);
        return
        [
            .. Run(runs, name, count: 3).SelectMany(result => (float[][])
            [
                [.. result.Path!.Points.Select(point => (float)point.TrainingLoss)],
                .. result.Refits.Select(refit => TestRuns.Values(refit.Result.State)),
            ]),
        ];
    }

    // Runs of different numbers of rows, so that some have a step more than others.
    private static RunResult[] Run(BatchedRuns runs, string name, int count, Func<int, RunContext>? context = null)
    {
        (TrainingSet data, double noise) = s_cases[name];
        var results = new RunResult[count];
        BatchedScope.Root(runs).WithBytesOfRun(1 << 20).ForEach(count, (number, scope) =>
        {
            int[] heldOut = [.. Enumerable.Range(0, 20 + 9 * number).Select(i => (7 * i + number) % data.Rows).Distinct().Order()];
            RunDescription run = (s_settings with { Seed = number }).Path(
                TestRuns.AllBut(data, heldOut), heldOut, noise, new StopRule.AtCounts([5, 3]));
            results[number] = RunCarrier.Carry(run, data, scope, context?.Invoke(number) ?? RunContext.Silent);
        });
        return results;
    }

    private sealed record Case(TrainingSet Data, double Noise);

    private sealed class Closures : IStepCapture
    {
        private bool _isIn;

        public Closures() => Recorder = new StepRecorder(this, Warnings.Add);

        public StepRecorder Recorder { get; }

        public List<string> Warnings { get; } = [];

        public int FaultAfter { get; init; } = int.MaxValue;

        public int Captures { get; private set; }

        public int Replays { get; private set; }

        public int Disposed { get; private set; }

        public int MostAlive { get; private set; }

        public int Open { get; private set; }

        public IDisposable Enter()
        {
            Assert.False(_isIn);
            _isIn = true;
            Open++;
            return new Undo(() =>
            {
                _isIn = false;
                Open--;
            });
        }

        public IRecordedStep Capture(Action step)
        {
            Assert.True(_isIn);
            if (Captures == FaultAfter)
            {
                throw new InvalidOperationException("The stream is broken.");
            }

            Captures++;
            MostAlive = Math.Max(MostAlive, Captures - Disposed);
            return new Closure(this, step);
        }

        private sealed class Closure(Closures owner, Action step) : IRecordedStep
        {
            public void Replay()
            {
                Assert.True(owner._isIn);
                owner.Replays++;
                step();
            }

            public void Dispose() => owner.Disposed++;
        }

        private sealed class Undo(Action undo) : IDisposable
        {
            public void Dispose() => undo();
        }
    }
}
