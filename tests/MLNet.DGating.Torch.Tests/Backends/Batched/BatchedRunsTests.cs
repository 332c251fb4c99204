using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Backends.Batched;
using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Backends.Batched;

/// <summary>A run in a batch is the run that it would be alone, whoever else is in it and however it ends for them.</summary>
[Collection(Alone.Name)]
public class BatchedRunsTests
{
    private const int Members = 5;

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AMember_IsWhatItIsAlone_InFloat64(string name)
    {
        Case each = s_cases[name];
        Outcome[] together = Together(each, torch.ScalarType.Float64);
        for (int i = 0; i < Members; i++)
        {
            // Products of one matrix and of several may differ in their last bits, of which next to nothing is left in a float32 result.
            Outcome alone = ByItself(each, i, torch.ScalarType.Float64);
            Assert.Equal(alone.Ranking, together[i].Ranking);
            Assert.Equal(alone.LambdaOut, together[i].LambdaOut);
            Assert.Equal(alone.Selected, together[i].Selected);
            Near.Rounding(alone.Losses, together[i].Losses, 1e-6);
            Near.Rounding(alone.Parameters, together[i].Parameters, 1e-6);
        }

        Assert.NotEqual(together[0].Parameters, together[1].Parameters);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AMember_SelectsWhatItSelectsOnTheCpu(string name)
    {
        Case each = s_cases[name];
        if (each.Settings.InputNoise > 0)
        {
            // Other random numbers.
            return;
        }

        Outcome[] batched = Together(each);
        for (int i = 0; i < Members; i++)
        {
            Outcome cpu = Run(each, i, CpuScope.Instance);
            Assert.Equal(cpu.Selected, batched[i].Selected);
            Near.Rounding(cpu.Losses, batched[i].Losses, 1e-2);
        }
    }

    [Fact]
    public void TheSameBits_InWhateverOrderTheMembersArrive()
    {
        Case each = s_cases["softmax"];
        Outcome[] quiet = Together(each);
        for (int seed = 0; seed < 3; seed++)
        {
            var random = new Random(seed);
            RunContext slow = RunContext.Silent with { Progress = _ => Thread.Sleep(random.Next(3)) };
            Outcome[] delayed = Batch(Members, (i, scope) => Run(each, i, scope, slow));
            Assert.Equal(quiet.SelectMany(outcome => outcome.Parameters), delayed.SelectMany(outcome => outcome.Parameters));
        }
    }

    [Fact]
    public void AMemberThatDiverges_GoesOnWithSmallerSteps_AndTheOthersNoticeNothing()
    {
        Case calm = s_cases["squared"].With(training => training with { Momentum = 0.5 });
        Case wild = calm.With(training => training with { LearningRate = 3, BatchSize = 2 });
        var warnings = new List<string>();
        Outcome[] together =
            Batch(Members, (i, scope) => Run(i == 2 ? wild : calm, i, scope, RunContext.Silent with { Warn = warnings.Add }));
        Assert.NotEmpty(warnings);
        for (int i = 0; i < Members; i++)
        {
            Outcome alone = ByItself(i == 2 ? wild : calm, i);
            Assert.Equal(alone.Selected, together[i].Selected);
            Near.Rounding(alone.Losses, together[i].Losses, i == 2 ? 0.1 : 1e-3);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void AMemberThatThrows_StopsNobodyElse_AndItsErrorIsRethrown(int after)
    {
        Case each = s_cases["logistic"];
        int finished = 0, iterations = 0;
        RunContext impatient = RunContext.Silent with { CheckAlive = LoseHeart };
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Batch(Members, (i, scope) =>
        {
            Outcome outcome = Run(each, i, scope, i == 1 ? impatient : RunContext.Silent);
            Interlocked.Increment(ref finished);
            return outcome;
        }));
        Assert.Equal("Run 1 has seen enough.", error.Message);
        Assert.Equal(Members - 1, finished);

        void LoseHeart()
        {
            if (iterations++ == after)
            {
                throw new InvalidOperationException("Run 1 has seen enough.");
            }
        }
    }

    [Fact]
    public void ARunThatIsCancelled_GivesWhatThereIsOfIt_AndTheOthersAreComplete()
    {
        Case each = s_cases["squared"];
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
        RunResult[] results =
            Batch(3, (i, scope) => RunCarrier.Carry(each.Describe(i), each.Data, scope, i == 1 ? stopped : RunContext.Silent));
        Assert.Equal([false, true, false], results.Select(result => result.IsCancelled));
        Assert.Equal([true, false, true], results.Select(result => result.Path!.IsComplete));
        Assert.Empty(results[1].Refits);
        Assert.Equal(ByItself(each, 2).Ranking, results[2].Path!.Ranking);
    }

    [Fact]
    public void AnErrorOnTheDevice_ReachesEveryMemberOfTheBatch()
    {
        Case each = s_cases["squared"];
        Case broken = each with { Data = each.Data with { Task = new RegressionTask(new BrokenLoss()) } };
        int told = 0;
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Batch(3, (i, scope) =>
        {
            try
            {
                return Run(broken, i, scope);
            }
            catch (InvalidOperationException)
            {
                Interlocked.Increment(ref told);
                throw;
            }
        }));
        Assert.Equal("Out of everything.", error.Message);
        Assert.Equal(3, told);
    }

    [Fact]
    public void RunsWithinRuns_TakeTheirPlace_AndAreWhatTheyAreAlone()
    {
        Case each = s_cases["squared"];
        Outcome[][] nested = Batch(3, (outer, scope) =>
        {
            Outcome before = Run(each, outer, scope);
            var inner = new Outcome[outer + 1];
            scope.ForEach(inner.Length, (i, own) => inner[i] = Run(each, outer + i, (BatchedScope)own));
            return (Outcome[])[before, .. inner, Run(each, outer, scope)];
        }, torch.ScalarType.Float64);
        for (int outer = 0; outer < 3; outer++)
        {
            Assert.Equal(outer + 3, nested[outer].Length);
            Outcome alone = ByItself(each, outer, torch.ScalarType.Float64);
            Assert.All((Outcome[])[nested[outer][0], nested[outer][1], nested[outer][^1]], outcome =>
            {
                Assert.Equal(alone.Ranking, outcome.Ranking);
                Near.Rounding(alone.Parameters, outcome.Parameters, 1e-6);
            });
        }
    }

    [Fact]
    public void MoreRunsThanTheMemoryTakes_WaitForAPlace()
    {
        Case each = s_cases["squared"];
        int under = 0, most = 0;
        var gate = new Lock();
        Outcome[] outcomes = Batch(9, (i, scope) =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++under);
            }

            Outcome outcome = Run(each, i % 2, scope);
            lock (gate)
            {
                under--;
            }

            return outcome;
        }, bytesOfRun: BatchMemory.Of(each.Settings.Training.ShapeFor(each.Data.Task), columns: 400_000));
        Assert.InRange(most, 1, 3);
        Assert.All(Enumerable.Range(0, 9), i => Assert.Equal(outcomes[i % 2].Ranking, outcomes[i].Ranking));
    }

    private static readonly Dictionary<string, Case> s_cases = new()
    {
        ["squared"] = Of(Planted.Linear(1, 150, [.. Enumerable.Repeat(1, 12)], [1, 5, 7])),
        ["squared, groups of several columns, weights"] =
            Of(Planted.Linear(2, 161, [1, 3, 2, 1, 1, 4, 1, 1], [1, 5], weighted: true))
                .With(training => training with { HiddenLayers = [8, 6], AdditivePart = true }),
        ["squared, groups that stay, depth 2"] =
            Of(Stay(Planted.Linear(3, 150, [1, 2, 1, 1, 1, 1, 2, 1], [0, 4]), 2, 6))
                .With(training => training with { GateDepth = 2, InitialLambda = 0.05 }),
        ["logistic"] = Of(Planted.LinearClasses(4, 203, [.. Enumerable.Repeat(1, 10)], [2, 6]))
            .With(training => training with { Activation = DGatingActivation.Tanh }),
        ["logistic, linear, depth 3.5"] = Of(Planted.LinearClasses(5, 150, [.. Enumerable.Repeat(1, 10)], [2, 6]))
            .With(training => training with { HiddenLayers = [], GateDepth = 3.5 }),
        ["softmax"] = Of(Planted.Classes(6, 240, 10)),
        ["softmax, noise"] = new(Planted.Classes(7, 240, 10), Of(Planted.Classes(7, 240, 10)).Settings with { InputNoise = 0.5 }),
    };

    private static Case Of(TrainingSet data) =>
        new(data, TestRuns.Small.With(training => training with { LambdaGrowth = 1.2, NumberOfRefitIterations = 4 }));

    private static Outcome[] Together(Case each, torch.ScalarType type = torch.ScalarType.Float32) =>
        Batch(Members, (i, scope) => Run(each, i, scope), type);

    private static Outcome ByItself(Case each, int number, torch.ScalarType type = torch.ScalarType.Float32) =>
        Batch(1, (_, scope) => Run(each, number, scope), type)[0];

    private static T[] Batch<T>(
        int count, Func<int, BatchedScope, T> work, torch.ScalarType type = torch.ScalarType.Float32, long bytesOfRun = 1 << 20)
    {
        using var runs = new BatchedRuns(type, torch.CPU);
        var results = new T[count];
        BatchedScope.Root(runs).WithBytesOfRun(bytesOfRun).ForEach(count, (i, scope) => results[i] = work(i, (BatchedScope)scope));
        return results;
    }

    private static Outcome Run(Case each, int number, RunScope scope, RunContext? context = null)
    {
        RunResult result = RunCarrier.Carry(each.Describe(number), each.Data, scope, context ?? RunContext.Silent);
        return new Outcome(
            result.Path!.Ranking, result.Path.LambdaOut, [.. result.Refits.Select(refit => refit.Snapshot.Groups)],
            [.. result.Path.Points.SelectMany(point => (float[])[(float)point.TrainingLoss, (float)point.HeldOutLoss])],
            [.. result.Refits.SelectMany(refit => TestRuns.Values(refit.Result.State))]);
    }

    private static TrainingSet Stay(TrainingSet data, params int[] groups) => data with
    {
        Groups = GroupLayout.Create(
            [.. Enumerable.Range(0, data.Groups.Count).Select(data.Groups.Size)], GroupTermsOf.Keeping(data.Groups.Count, groups)),
    };

    private sealed record Case(TrainingSet Data, FitSettings Settings)
    {
        public Case With(Func<TrainingSettings, TrainingSettings> change) => this with { Settings = Settings.With(change) };

        // Runs that differ in their random numbers, their rows (in number, too), the means of these, and where they end.
        public RunDescription Describe(int number)
        {
            int[] heldOut = [.. Enumerable.Range(0, 20 + 3 * number).Select(i => (7 * i + number) % Data.Rows).Distinct().Order()];
            int[] counts = [5, Data.Groups.KeptCount + 2 + number % 2];
            return (Settings with { Seed = number }).Path(
                TestRuns.AllBut(Data, heldOut), heldOut, Settings.InputNoise!.Value, new StopRule.AtCounts(counts));
        }
    }

    private sealed record Outcome(int[] Ranking, double[] LambdaOut, int[][] Selected, float[] Losses, float[] Parameters);

    // Fails where the batch is trained.
    private sealed class BrokenLoss : DelegatingLoss
    {
        public override (Tensor Losses, Tensor Gradient) Gradient(Tensor scores, Tensor targets) =>
            throw new InvalidOperationException("Out of everything.");
    }
}
