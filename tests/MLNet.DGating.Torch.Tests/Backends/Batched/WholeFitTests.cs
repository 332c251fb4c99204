using System.Collections.Concurrent;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Search;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.Backends.Batched;

/// <summary>All that is made of independent runs, in batches and on the CPU's threads.</summary>
/// <remarks>Without input noise, whose numbers differ, both select the same.</remarks>
[Collection(Alone.Name)]
public class WholeFitTests
{
    private static readonly TrainingSet s_data = Planted.Linear(1, 200, [1, 2, 1, 1, 3, 1, 1, 1], [1, 5], weighted: true);
    private static readonly FitSettings s_settings = TestRuns.Small.With(training => training with { LambdaGrowth = 1.3 });
    private static readonly ExecutionSettings s_cpu = TestRuns.OnThreads(2);

    [Theory]
    [InlineData(null, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    public void AFit_SelectsTheSame(int? count, int runs)
    {
        FitSettings settings = s_settings with
        {
            Stop = count is int given ? StopRule.AtCount(given) : StopRule.Open,
            NumberOfRuns = runs,
            IsEvaluated = true,
        };
        FitResult cpu = TestRuns.Fit(s_data, settings, s_cpu), batched = TestRuns.Fit(s_data, settings, TestRuns.Batched);
        Assert.Equal(cpu.Groups, batched.Groups);
        Assert.Equal(cpu.HeldOutMetric, batched.HeldOutMetric, 1e-2);
    }

    [Fact]
    public void AFitAtALambda_IsTakenToAStationaryPoint()
    {
        FitSettings settings =
            s_settings.AtLambda(0.02, isCertified: true).With(training => training with { Activation = DGatingActivation.Tanh });
        FitResult fit = TestRuns.Fit(s_data, settings, TestRuns.Batched);
        Assert.InRange(fit.Certificate!.ActiveResidual, 0, 1e-3);
        Assert.Equal(TestRuns.Fit(s_data, settings, s_cpu).Groups, fit.Groups);
    }

    [Fact]
    public void CrossValidation_EvaluatesTheSame()
    {
        int[][] folds = Folds.Deal(TestRuns.All(s_data), null, null, 3, new RandomStream(1, 0));
        CountEvaluation cpu = Of(s_cpu), batched = Of(TestRuns.Batched);
        Assert.Equal((cpu.Best, cpu.Sparsest), (batched.Best, batched.Sparsest));
        Assert.All(cpu.Counts.Zip(batched.Counts), pair => Assert.Equal(pair.First.Loss, pair.Second.Loss, 2e-2));

        CountEvaluation Of(ExecutionSettings execution)
        {
            using FitWorkflow workflow = TestRuns.Workflow(s_data, s_settings, execution);
            return CrossValidation.Run(workflow, folds, [8, 4, 2, 1]).Evaluation;
        }
    }

    [Fact]
    public void StabilitySelection_RanksThePlantedGroupsFirst_OnEveryHalf()
    {
        using FitWorkflow batched = TestRuns.Workflow(s_data, s_settings, TestRuns.Batched);
        using FitWorkflow cpu = TestRuns.Workflow(s_data, s_settings, s_cpu);
        var fit = StabilityFit.Run(batched, TestRuns.All(s_data), 3);
        Assert.Equal(6, fit.Rankings.Length);
        Assert.All(fit.Rankings, ranking => Assert.Equal([1, 5], ranking.Take(2).Order()));
        Assert.Equal(fit.Rankings[0][..2], StabilityFit.Run(cpu, TestRuns.All(s_data), 3).Rankings[0][..2]);
        Assert.Equal([1, 5], fit.ModelOf(batched, [1, 5]).Groups);
    }

    [Fact]
    public void ASearch_WhoseTrialsAreFitsOfSeveralRuns_FindsTheSameSetting()
    {
        TrainingSet data = Planted.Product(1, 300, 5, 0, 3);
        FitSettings small = s_settings.At(2);
        FitSettings[] candidates =
        [
            small.With(training => training with { HiddenLayers = [] }),
            small.With(training => training with { HiddenLayers = [16], NumberOfRefitIterations = 40 }),
            small.With(training => training with { L2Regularization = 1 }),
        ];
        SearchOutcome cpu = Of(s_cpu), batched = Of(TestRuns.Batched);
        Assert.Equal(cpu.Winner.Candidate, batched.Winner.Candidate);
        Assert.Equal(cpu.Trials.Count, batched.Trials.Count);

        SearchOutcome Of(ExecutionSettings execution)
        {
            using IRunExecutor executor = RunExecutor.Create(data, execution, RunContext.Silent);
            var rows = SearchRows.Deal(data, TestRuns.All(data), seed: 1);
            return new SettingsSearch(data, rows, candidates, executor, RunContext.Silent).Run((_, _) => { });
        }
    }

    [Fact]
    public void RunsThatAreInStep_AreOneBatch_AndSoAreTheRefitsOfAPath()
    {
        Assert.Contains(4, BatchesOf(runs: 4, counts: [8, 2]));
        // A path alone, then its three refits.
        Assert.Equal([1, 3], BatchesOf(runs: 1, counts: [8, 4, 2]).Order());

        static long[] BatchesOf(int runs, int[] counts)
        {
            var sizes = new ConcurrentDictionary<long, bool>();
            TrainingSet data = s_data with { Task = new RegressionTask(new WatchedLoss(members => sizes[members] = true)) };
            using IRunExecutor executor = RunExecutor.Create(data, TestRuns.Batched, RunContext.Silent);
            executor.Execute([.. Enumerable.Range(0, runs).Select(seed =>
                (s_settings with { Seed = seed }).Path(TestRuns.All(data), [], noise: 0, new StopRule.AtCounts(counts)))]);
            return [.. sizes.Keys];
        }
    }

    // Tells how many networks are in a batch.
    private sealed class WatchedLoss(Action<long> members) : DelegatingLoss
    {
        public override (Tensor Losses, Tensor Gradient) Gradient(Tensor scores, Tensor targets)
        {
            members(scores.shape[0]);
            return base.Gradient(scores, targets);
        }
    }
}
