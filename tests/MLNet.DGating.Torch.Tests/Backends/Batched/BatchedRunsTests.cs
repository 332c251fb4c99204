using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;
using MLNet.DGating.Torch.Tests.RegularizationPath;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Backends.Batched;

/// <summary>A run in a group is the run that it would be alone, whoever else is in it and however it ends for them.</summary>
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
        TrainingSettings settings = each.Settings with { Precision = torch.ScalarType.Float64 };
        Outcome[] together = Together(each, settings);
        for (int i = 0; i < Members; i++)
        {
            // Products of one matrix and of several may differ in their last bits; in float64 nothing of it is left in a float32 result but the last bit of a few.
            Outcome alone = IndependentRuns.Run(1, settings, each.Data.Groups.Columns, _ => Run(each, settings, i))[0];
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

        Outcome[] cpu = IndependentRuns.Run(Members, each.Settings with { IsBatched = false, Threads = 2 }, each.Data.Groups.Columns, i => Run(each, each.Settings with { IsBatched = false }, i));
        Outcome[] device = Together(each, each.Settings);
        for (int i = 0; i < Members; i++)
        {
            Assert.Equal(cpu[i].Selected, device[i].Selected);
            Near.Rounding(cpu[i].Losses, device[i].Losses, 1e-2);
        }
    }

    [Fact]
    public void TheSameBits_InWhateverOrderTheMembersArrive()
    {
        Case each = s_cases["softmax"];
        Outcome[] quiet = Together(each, each.Settings);
        for (int seed = 0; seed < 3; seed++)
        {
            var random = new Random(seed);
            Outcome[] delayed = Together(each, each.Settings, progress => Thread.Sleep(random.Next(3)));
            Assert.Equal(quiet.SelectMany(outcome => outcome.Parameters), delayed.SelectMany(outcome => outcome.Parameters));
        }
    }

    [Fact]
    public void AMemberThatDiverges_GoesOnWithSmallerSteps_AndTheOthersNoticeNothing()
    {
        Case each = s_cases["squared"];
        var warnings = new List<string>();
        TrainingSettings Of(int i) => i == 2 ? each.Settings with { LearningRate = 3, Momentum = 0.5, BatchSize = 2 } : each.Settings with { Momentum = 0.5 };
        Outcome[] together = IndependentRuns.Run(Members, each.Settings, each.Data.Groups.Columns, i => Run(each, Of(i), i, warnings.Add));
        Assert.NotEmpty(warnings);
        for (int i = 0; i < Members; i++)
        {
            Outcome alone = IndependentRuns.Run(1, each.Settings, each.Data.Groups.Columns, _ => Run(each, Of(i), i))[0];
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
        int finished = 0;
        var error = Assert.Throws<OperationCanceledException>(() => IndependentRuns.Run(Members, each.Settings, each.Data.Groups.Columns, i =>
        {
            int iterations = 0;
            Outcome outcome = Run(each, each.Settings, i, checkAlive: () =>
            {
                if (i == 1 && iterations++ == after)
                {
                    throw new OperationCanceledException("Run 1 has seen enough.");
                }
            });
            Interlocked.Increment(ref finished);
            return outcome;
        }));
        Assert.Equal("Run 1 has seen enough.", error.Message);
        Assert.Equal(Members - 1, finished);
    }

    [Fact]
    public void AnErrorOnTheDevice_ReachesEveryMemberOfTheStack()
    {
        Case each = s_cases["squared"];
        var error = Assert.Throws<InvalidOperationException>(() => IndependentRuns.Run(3, each.Settings, each.Data.Groups.Columns, i => Run(each, each.Settings with { Loss = new BrokenLoss() }, i)));
        Assert.Equal("Out of everything.", error.Message);
    }

    [Fact]
    public void RunsWithinRuns_TakeTheirPlace_AndAreWhatTheyAreAlone()
    {
        Case each = s_cases["squared"];
        TrainingSettings settings = each.Settings with { Precision = torch.ScalarType.Float64 };
        int columns = each.Data.Groups.Columns;
        Outcome[][] nested = IndependentRuns.Run(3, settings, columns, outer =>
        {
            Outcome before = Run(each, settings, outer);
            Outcome[] inner = IndependentRuns.Run(outer + 1, settings, columns, i => Run(each, settings, outer + i));
            return (Outcome[])[before, .. inner, Run(each, settings, outer)];
        });
        for (int outer = 0; outer < 3; outer++)
        {
            Assert.Equal(outer + 3, nested[outer].Length);
            Outcome alone = IndependentRuns.Run(1, settings, columns, _ => Run(each, settings, outer))[0];
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
        Outcome[] outcomes = IndependentRuns.Run(9, each.Settings, columns: 400_000, i =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++under);
            }

            Outcome outcome = Run(each, each.Settings, i % 2);
            lock (gate)
            {
                under--;
            }

            return outcome;
        });
        Assert.InRange(most, 1, 3);
        Assert.All(Enumerable.Range(0, 9), i => Assert.Equal(outcomes[i % 2].Ranking, outcomes[i].Ranking));
    }

    private static readonly Dictionary<string, Case> s_cases = new()
    {
        ["squared"] = new(Planted.Linear(1, 150, [.. Enumerable.Repeat(1, 12)], [1, 5, 7]), new SquaredLoss(), s => s),
        ["squared, groups of several columns, weights"] = new(Planted.Linear(2, 161, [1, 3, 2, 1, 1, 4, 1, 1], [1, 5], weighted: true), new SquaredLoss(), s => s with { Hidden = [8, 6], Skip = true }),
        ["squared, groups that stay, depth 2"] = new(Stay(Planted.Linear(3, 150, [1, 2, 1, 1, 1, 1, 2, 1], [0, 4]), 2, 6), new SquaredLoss(), s => s with { GateDepth = 2, InitialLambda = 0.05 }),
        ["logistic"] = new(Logistic(Planted.Linear(4, 203, [.. Enumerable.Repeat(1, 10)], [2, 6])), new LogisticLoss(), s => s with { Activation = NetworkActivation.Tanh }),
        ["logistic, linear, depth 3.5"] = new(Logistic(Planted.Linear(5, 150, [.. Enumerable.Repeat(1, 10)], [2, 6])), new LogisticLoss(), s => s with { Hidden = [], GateDepth = 3.5 }),
        ["softmax"] = new(Planted.Classes(6, 240, 10), new SoftmaxLoss(3), s => s),
        ["softmax, noise"] = new(Planted.Classes(7, 240, 10), new SoftmaxLoss(3), s => s with { InputNoise = 0.5 }),
    };

    private static Outcome[] Together(Case each, TrainingSettings settings, Action<DGatingProgress>? progress = null) =>
        IndependentRuns.Run(Members, settings, each.Data.Groups.Columns, i => Run(each, settings, i, progress: progress));

    // Runs that differ in their random numbers, their rows (in number, too), the means of these, and where they end.
    private static Outcome Run(Case each, TrainingSettings settings, int number, Action<string>? warn = null, Action? checkAlive = null, Action<DGatingProgress>? progress = null)
    {
        int[] heldOut = [.. Enumerable.Range(0, 20 + 3 * number).Select(i => (7 * i + number) % each.Data.Rows).Distinct().Order()];
        int[] training = [.. Enumerable.Range(0, each.Data.Rows).Except(heldOut)];
        var context = new RunContext(_ => { }, warn ?? (_ => { }), progress ?? (_ => { }), checkAlive ?? (() => { }));
        var runs = new TrialRuns(each.Data, settings with { Seed = number }, context);
        int kept = each.Data.Groups.KeptCount;
        RunResult path = runs.RunOne(runs.Features(training), training, heldOut, settings.InputNoise!.Value, [5, kept + 2 + number % 2]);
        if (path.Cancelled is not null)
        {
            throw path.Cancelled;
        }

        return new Outcome(
            path.Path!.Ranking, path.Path.LambdaOut, [.. path.Trials.Select(trial => trial.Snapshot.Groups)],
            [.. path.Path.Points.SelectMany(point => (float[])[(float)point.TrainingLoss, (float)point.HeldOutLoss])],
            [.. path.Trials.SelectMany(trial => Runs.Values(trial.Refit.State))]);
    }

    private static TrainingSet Logistic(TrainingSet data) => data with { Targets = Array.ConvertAll(data.Targets, target => target > 0 ? 1f : 0f) };

    private static TrainingSet Stay(TrainingSet data, params int[] groups) =>
        data with { Groups = GroupLayout.Create([.. Enumerable.Range(0, data.Groups.Count).Select(data.Groups.Size)], GroupTermsOf.Keeping(data.Groups.Count, groups)) };

    private sealed record Case(TrainingSet Data, Loss Loss, Func<TrainingSettings, TrainingSettings> With)
    {
        public TrainingSettings Settings => With(Runs.Settings(Loss) with { IsBatched = true, LambdaGrowth = 1.2, RefitIterations = 4 });
    }

    private sealed record Outcome(int[] Ranking, double[] LambdaOut, int[][] Selected, float[] Losses, float[] Parameters);

    // Fails where the stack is trained.
    private sealed class BrokenLoss : LabelLoss
    {
        private readonly SquaredLoss _inner = new();

        public override double NullModelLoss => 1;

        public override int Outputs => 1;

        public override double Row(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, Span<float> gradient) => _inner.Row(scores, target, gradient);

        public override (Tensor Losses, Tensor Gradient) Rows(Tensor scores, Tensor targets) => throw new InvalidOperationException("Out of everything.");

        public override double Metric(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) => _inner.Metric(scores, targets, weights);

        protected override float[] BaselineScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) => [0];
    }
}
