using System.Collections.Concurrent;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Search;
using MLNet.DGating.Torch.Settings;
using MLNet.DGating.Torch.Tests.RegularizationPath;

namespace MLNet.DGating.Torch.Tests.Backends.Batched;

/// <summary>All that is made of independent runs, in lockstep and on the CPU's threads: without input noise, whose numbers differ, both select the same.</summary>
[Collection(Alone.Name)]
public class WholeFitTests
{
    private static readonly TrainingSet s_data = Planted.Linear(1, 200, [1, 2, 1, 1, 3, 1, 1, 1], [1, 5], weighted: true);
    private static readonly TrainingSettings s_cpu = Runs.Settings(new SquaredLoss()) with { LambdaGrowth = 1.3, Threads = 2 };
    private static readonly TrainingSettings s_device = s_cpu with { IsBatched = true };

    [Theory]
    [InlineData(null, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    public void AFit_SelectsTheSame(int? count, int runs)
    {
        FitResult cpu = Runs.Fit(s_data, s_cpu with { Count = count, Runs = runs, IsJudged = true }), device = Runs.Fit(s_data, s_device with { Count = count, Runs = runs, IsJudged = true });
        Assert.Equal(cpu.Groups, device.Groups);
        Assert.Equal(cpu.HeldOutMetric, device.HeldOutMetric, 1e-2);
    }

    [Fact]
    public void AFitAtALambda_IsPolishedToAStationaryPoint()
    {
        TrainingSettings settings = s_device with { Lambda = 0.02, Certify = true, Activation = NetworkActivation.Tanh };
        FitResult fit = Runs.Fit(s_data, settings);
        Assert.InRange(fit.Certificate!.ActiveResidual, 0, 1e-3);
        Assert.Equal(Runs.Fit(s_data, settings with { IsBatched = false }).Groups, fit.Groups);
    }

    [Fact]
    public void CrossValidation_JudgesTheSame()
    {
        int[][] folds = Folds.Deal(Runs.All(s_data), null, null, 3, new RandomStream(1, 0));
        CountEvaluation Of(TrainingSettings settings) => CrossValidation.Run(s_data, folds, null, [8, 4, 2, 1], settings, RunContext.Silent).CountEvaluation;
        CountEvaluation cpu = Of(s_cpu), device = Of(s_device);
        Assert.Equal((cpu.Best, cpu.Sparsest), (device.Best, device.Sparsest));
        Assert.All(cpu.Counts.Zip(device.Counts), pair => Assert.Equal(pair.First.Loss, pair.Second.Loss, 2e-2));
    }

    [Fact]
    public void StabilitySelection_RanksThePlantedGroupsFirst_OnEveryHalf()
    {
        StabilityFit fit = StabilityFit.Run(s_data, Runs.All(s_data), 3, s_device, RunContext.Silent);
        Assert.Equal(6, fit.Rankings.Length);
        Assert.All(fit.Rankings, ranking => Assert.Equal([1, 5], ranking.Take(2).Order()));
        Assert.Equal(fit.Rankings[0][..2], StabilityFit.Run(s_data, Runs.All(s_data), 3, s_cpu, RunContext.Silent).Rankings[0][..2]);
        Assert.Equal([1, 5], fit.ModelOf([1, 5], RunContext.Silent).Groups);
    }

    [Fact]
    public void ASearch_WhoseTrialsAreFitsOfSeveralRuns_FindsTheSameSetting()
    {
        SearchOutcome Of(TrainingSettings settings)
        {
            TrainingSettings[] candidates = [settings with { Hidden = [], Count = 2 }, settings with { Hidden = [16], Count = 2, RefitIterations = 40 }, settings with { L2 = 1, Count = 2 }];
            TrainingSet data = Planted.Product(1, 300, 5, 0, 3);
            candidates = Array.ConvertAll(candidates, candidate => candidate with { Loss = new LogisticLoss() });
            var runs = new TrialRuns(data, candidates[0], RunContext.Silent);
            return new SettingsSearch(data, SearchRows.Deal(Runs.All(data), runs), candidates, 2, RunContext.Silent).Run((_, _) => { });
        }

        SearchOutcome cpu = Of(s_cpu), device = Of(s_device);
        Assert.Equal(cpu.Winner.Candidate, device.Winner.Candidate);
        Assert.Equal(cpu.Trials.Count, device.Trials.Count);
    }

    [Fact]
    public void RunsThatAreInStep_AreOneStack_AndSoAreTheRefitsOfALadder()
    {
        Assert.Contains(4, StacksOf(runs: 4, counts: [8, 2]));
        // A path alone, then its three refits.
        Assert.Equal([1, 3], StacksOf(runs: 1, counts: [8, 4, 2]).Order());

        static long[] StacksOf(int runs, int[] counts)
        {
            var sizes = new ConcurrentDictionary<long, bool>();
            TrainingSettings settings = s_device with { Loss = new WatchedLoss(members => sizes[members] = true) };
            IndependentRuns.Run(runs, settings, s_data.Groups.Columns, i =>
            {
                var trials = new TrialRuns(s_data, settings with { Seed = i }, RunContext.Silent);
                return trials.RunOne(trials.Features(Runs.All(s_data)), Runs.All(s_data), [], 0, counts);
            });
            return [.. sizes.Keys];
        }
    }

    // Tells how many networks are in a stack.
    private sealed class WatchedLoss(Action<long> members) : LabelLoss
    {
        private readonly SquaredLoss _inner = new();

        public override double NullModelLoss => _inner.NullModelLoss;

        public override int Outputs => 1;

        public override double Row(ReadOnlySpan<float> scores, ReadOnlySpan<float> target, Span<float> gradient) => _inner.Row(scores, target, gradient);

        public override (Tensor Losses, Tensor Gradient) Rows(Tensor scores, Tensor targets)
        {
            members(scores.shape[0]);
            return _inner.Rows(scores, targets);
        }

        public override double Metric(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) => _inner.Metric(scores, targets, weights);

        protected override float[] BaselineScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) => [0];
    }
}
