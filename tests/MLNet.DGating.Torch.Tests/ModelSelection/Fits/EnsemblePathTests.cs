using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;
using MLNet.DGating.Torch.Tests.RegularizationPath;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

public class EnsemblePathTests
{
    private static readonly TrainingSet s_data = Planted.Linear(1, 200, [1, 2, 1, 1, 3, 1, 1, 1], [1, 5]);
    private static readonly TrainingSettings s_settings = Runs.Settings(new SquaredLoss()) with { LambdaGrowth = 1.3, Runs = 3 };

    [Fact]
    public void APath_IsTheEnsembles_WhereOneRunChoseWorseGroups()
    {
        int[] all = Runs.All(s_data), training = all[..150], heldOut = all[150..];
        var runs = new TrialRuns(s_data, s_settings, RunContext.Silent);
        FeatureRows features = runs.Features(training);
        PathResult single = runs.Follow(features, training, heldOut, 0, [2], run: 0);
        Candidate One(int[] groups) => runs.TrainFromScratch(features, training, heldOut, single, groups, noise: 0);
        PathFit? Ensemble(Candidate one) => PathFit.RunEnsemble(s_data, all, [], training, heldOut, one, [0], s_settings with { RecordNorms = true }, RunContext.Silent);

        Assert.Null(Ensemble(One([1, 5])));
        PathFit path = Ensemble(One([1, 3]))!;
        int[] ranking = Averaged(s_data, s_settings);
        Assert.Equal(ranking, path.Path.Ranking);
        Assert.Equal([1, 5], ranking[..2].Order());
        Assert.True(path.Path.IsComplete);
        Assert.Equal(CountGrid.Of(s_data.Groups), path.CountEvaluation.Counts.Select(count => count.Count));
        Assert.All(path.Path.Points, point => Assert.True(double.IsFinite(point.HeldOutLoss)));
        int[] counts = [1, 2, 4, 8];
        Assert.All(path.At(counts, RunContext.Silent).Zip(counts), at => Assert.Equal(ranking.Take(at.Second).Order(), at.First.Groups));
    }

    [Fact]
    public void APath_IsThatOfOneRun_WhereTheEnsembleIsNotBetter()
    {
        var messages = new List<string>();
        PathFit path = PathFit.Run(s_data, Runs.All(s_data), [], s_settings, RunContext.Silent with { Inform = messages.Add });
        PathFit one = PathFit.Run(s_data, Runs.All(s_data), [], s_settings with { Runs = 1 }, RunContext.Silent);
        Assert.Contains(messages, message => message.StartsWith("Ensemble of 3 runs: not chosen", StringComparison.Ordinal));
        Assert.Equal(one.Path.Ranking, path.Path.Ranking);
        Assert.Equal(one.Path.LambdaOut, path.Path.LambdaOut);
        Assert.Equal(one.CountEvaluation.Counts, path.CountEvaluation.Counts);
    }

    [Fact]
    public void APathCancelledInTheEnsemble_IsThatOfOneRun_MarkedIncomplete()
    {
        int iterations = 0, ofOneRun = 0;
        PathFit one = PathFit.Run(s_data, Runs.All(s_data), [], s_settings with { Runs = 1 }, RunContext.Silent with { Progress = progress => ofOneRun += progress.Phase == DGatingPhase.Choosing ? 1 : 0 });
        PathFit path = PathFit.Run(s_data, Runs.All(s_data), [], s_settings, RunContext.Silent with
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
        Assert.Equal(one.CountEvaluation.Counts, path.CountEvaluation.Counts);
    }

    private static int[] Averaged(TrainingSet data, TrainingSettings settings)
    {
        var runs = new TrialRuns(data, settings, RunContext.Silent);
        FeatureRows features = runs.Features(Runs.All(data));
        return AverageRanking.Of([.. Enumerable.Range(0, settings.Runs).Select(run => runs.Follow(features, Runs.All(data), [], 0, [0], run))], settings.LambdaGrowth).Ranking;
    }
}
