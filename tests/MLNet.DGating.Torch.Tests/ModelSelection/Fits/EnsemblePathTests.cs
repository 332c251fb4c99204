using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

public class EnsemblePathTests
{
    private static readonly TrainingSet s_data = Planted.Linear(1, 600, [1, 2, 1, 1, 3, 1, 1, 1], [1, 5]);

    private static readonly FitSettings s_settings =
        TestRuns.Small.With(training => training with { LambdaGrowth = 1.3 }) with { NumberOfRuns = 3 };

    [Fact]
    public void APath_IsTheEnsembles_WhereOneRunChoseWorseGroups()
    {
        using FitWorkflow misled = Misled([1, 3]), right = Misled([1, 5]);
        Assert.False(new PathFit(right, TestRuns.All(s_data), []).Run().IsEnsemble);
        FollowedPath path = new PathFit(misled, TestRuns.All(s_data), []).Run();
        Assert.True(path.IsEnsemble);
        int[] ranking = Averaged();
        Assert.Equal(ranking, path.Path.Ranking);
        Assert.Equal([1, 5], ranking[..2].Order());
        Assert.True(path.Path.IsComplete);
        Assert.Equal([.. CountGrid.Of(s_data.Groups, s_data.Groups.Count), 0], path.Evaluation.Counts.Select(count => count.Count));
        Assert.All(path.Path.Points, point => Assert.True(double.IsFinite(point.HeldOutLoss)));
        int[] counts = [0, 1, 2, 4, 8];
        Assert.All(path.At(misled, counts).Zip(counts), at => Assert.Equal(ranking.Take(at.Second).Order(), at.First.Groups));
    }

    [Fact]
    public void APath_IsThatOfOneRun_WhereTheEnsembleIsNotBetter()
    {
        var messages = new List<string>();
        FollowedPath path = Follow(s_settings, RunContext.Silent with { Inform = messages.Add });
        FollowedPath one = Follow(s_settings with { NumberOfRuns = 1 }, RunContext.Silent);
        Assert.Contains(messages, message => message.StartsWith("Ensemble of 3 runs: not chosen", StringComparison.Ordinal));
        Assert.Equal(one.Path.Ranking, path.Path.Ranking);
        Assert.Equal(one.Path.LambdaOut, path.Path.LambdaOut);
        Assert.Equal(one.Evaluation.Counts, path.Evaluation.Counts);
    }

    [Fact]
    public void APathCancelledInTheEnsemble_IsThatOfOneRun_MarkedIncomplete()
    {
        int iterations = 0, ofOneRun = 0;
        FollowedPath one = Follow(s_settings with { NumberOfRuns = 1 }, RunContext.Silent with
        {
            Progress = progress => ofOneRun += progress.Phase == DGatingPhase.Choosing ? 1 : 0,
        });
        FollowedPath path = Follow(s_settings, RunContext.Silent with
        {
            Progress = progress => iterations++,
            CheckAlive = () =>
            {
                if (iterations > ofOneRun + 10)
                {
                    throw new OperationCanceledException();
                }
            },
        });
        Assert.False(path.Path.IsComplete);
        Assert.Equal(one.Evaluation.Counts, path.Evaluation.Counts);
    }

    private static FollowedPath Follow(FitSettings settings, RunContext context)
    {
        using FitWorkflow workflow = TestRuns.Workflow(s_data, settings, context: context);
        return new PathFit(workflow, TestRuns.All(s_data), []).Run();
    }

    private static int[] Averaged()
    {
        RunDescription first = s_settings.Path(TestRuns.All(s_data), [], noise: 0, StopRule.AtCount(0)) with { Refits = false };
        PathResult[] paths = [.. Enumerable.Range(0, s_settings.NumberOfRuns)
            .Select(run => TestRuns.Carry(s_data, first with { Purpose = RandomPurpose.PathOf(run) }).Path!)];
        return AverageRanking.Of(paths, s_settings.Training.LambdaGrowth).Ranking;
    }

    private static FitWorkflow Misled(int[] groups)
    {
        FitWorkflow workflow = TestRuns.Workflow(s_data, s_settings);
        return workflow with { Executor = new MisledExecutor(workflow.Executor, groups) };
    }

    /// <summary>Gives these groups as all that a path on a part of the rows came to.</summary>
    private sealed class MisledExecutor(IRunExecutor inner, int[] groups) : IRunExecutor
    {
        public bool RunsInParallel => inner.RunsInParallel;

        public bool HasTableNetworks => false;

        public WorkShare Work => inner.Work;

        public RunResult[] Execute(IReadOnlyList<RunDescription> runs) => [.. inner.Execute(runs).Zip(runs, Mislead)];

        public T[] RunInParallel<T>(int count, RunContext context, Func<int, IRunExecutor, T> work, Action<T>? ended) =>
            inner.RunInParallel(count, context, work, ended);

        public void Dispose() => inner.Dispose();

        // The paths of an ensemble end at a single count.
        private RunResult Mislead(RunResult result, RunDescription run)
        {
            if (!run.IsForChoice || run.Stop is not StopRule.AtCounts { Counts.Length: > 1 })
            {
                return result;
            }

            RunDescription scratch = s_settings.FromScratch(run.TrainingRows, run.HeldOutRows, groups);
            RefittedSnapshot misled = inner.Execute([scratch])[0].Refits[0];
            return result with
            {
                Path = result.Path! with { Snapshots = [new PathSnapshot(groups, misled.Result.State)] },
            };
        }
    }
}
