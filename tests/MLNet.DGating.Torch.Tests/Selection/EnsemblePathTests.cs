namespace MLNet.DGating.Torch.Tests;

public class EnsemblePathTests
{
    private static readonly TrainingSettings s_settings = Runs.Settings(new SquaredLoss()) with { LambdaGrowth = 1.3, Runs = 3 };

    [Fact]
    public void APath_IsTheEnsembles_ExactlyWhereItIsBetterOnHeldOutRows()
    {
        // Few rows and much noise: which run is right is luck, so that some seeds take the ensemble and some do not.
        var taken = new List<bool>();
        for (int seed = 1; seed <= 8; seed++)
        {
            TrainingSet data = Planted.Linear(seed, 60, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 5, 9]);
            TrainingSettings settings = s_settings with { Seed = seed };
            var messages = new List<string>();
            PathFit path = PathFit.Run(data, Runs.All(data), [], settings, RunContext.Silent with { Inform = messages.Add });
            bool isTaken = messages.Single(message => message.StartsWith("Ensemble", StringComparison.Ordinal)).Contains("runs: chosen", StringComparison.Ordinal);
            taken.Add(isTaken);

            PathFit one = PathFit.Run(data, Runs.All(data), [], settings with { Runs = 1 }, RunContext.Silent);
            int[] ranking = isTaken ? Averaged(data, settings) : one.Path.Ranking;
            Assert.Equal(ranking, path.Path.Ranking);
            Assert.True(path.Path.IsComplete);
            Assert.All(path.Path.Points, point => Assert.True(double.IsFinite(point.HeldOutLoss)));
            Assert.Equal(one.Judgement.Counts.Select(count => count.Count), path.Judgement.Counts.Select(count => count.Count));
            Assert.Equal(!isTaken, one.Judgement.Counts.SequenceEqual(path.Judgement.Counts));
            int[] counts = [1, 3, 7];
            Assert.All(path.At(counts, RunContext.Silent).Zip(counts), at => Assert.Equal(ranking.Take(at.Second).Order(), at.First.Groups));
        }

        Assert.Contains(true, taken);
        Assert.Contains(false, taken);
    }

    [Fact]
    public void APathCancelledInTheEnsemble_IsThatOfOneRun_MarkedIncomplete()
    {
        TrainingSet data = Planted.Linear(1, 60, [1, 1, 1, 1, 1, 1], [1, 5]);
        int iterations = 0, ofOneRun = 0;
        PathFit one = PathFit.Run(data, Runs.All(data), [], s_settings with { Runs = 1 }, RunContext.Silent with { Progress = progress => ofOneRun += progress.Phase == DGatingPhase.Choosing ? 1 : 0 });
        PathFit path = PathFit.Run(data, Runs.All(data), [], s_settings, RunContext.Silent with
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
        Assert.Equal(one.Judgement.Counts, path.Judgement.Counts);
    }

    private static int[] Averaged(TrainingSet data, TrainingSettings settings)
    {
        var runs = new TrialRuns(data, settings, RunContext.Silent);
        FeatureRows features = runs.Features(Runs.All(data));
        return AverageLeaving.Of([.. Enumerable.Range(0, settings.Runs).Select(run => runs.Follow(features, Runs.All(data), [], 0, [0], run))], settings.LambdaGrowth).Ranking;
    }
}
