using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;
using MLNet.DGating.Torch.Tests.RegularizationPath;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

public class EnsembleFitTests
{
    /// <summary>Standard deviations of features that runs add and hear nothing through.</summary>
    private const double DeafeningNoise = 20;

    private static readonly TrainingSet s_data = Planted.Linear(1, 200, [1, 2, 1, 1, 3, 1, 1, 1], [1, 5]);
    private static readonly TrainingSettings s_settings = Runs.Settings(new SquaredLoss()) with { LambdaGrowth = 1.3, Runs = 3, Count = 2 };

    [Fact]
    public void TheSameSeed_GivesTheSameBits_OnAnyNumberOfThreads()
    {
        Candidate one = Ensemble(s_settings), threads = Ensemble(s_settings with { Threads = 4 });
        Assert.Equal(one.Snapshot.Groups, threads.Snapshot.Groups);
        Assert.Equal(one.Path.LambdaOut, threads.Path.LambdaOut);
        Assert.Equal(Runs.Values(one.Refit.State), Runs.Values(threads.Refit.State));
        FitResult fit = Runs.Fit(s_data, s_settings with { Count = null, InputNoise = null }), fitByThreads = Runs.Fit(s_data, s_settings with { Count = null, InputNoise = null, Threads = 4 });
        Assert.Equal(fit.Groups, fitByThreads.Groups);
        Assert.Equal(Runs.Values(fit.State), Runs.Values(fitByThreads.State));
    }

    [Fact]
    public void ThePlantedGroups_AreKept_AndTrainedAnewOnTheirColumnsAlone()
    {
        Candidate trial = Ensemble(s_settings);
        Assert.Equal([1, 5], trial.Snapshot.Groups);
        Assert.Equal(3 * trial.Refit.Shape.GatedWidth, trial.Refit.State.Primary.Length);
        Assert.All(trial.Refit.State.Gates, gate => Assert.Equal(1, gate));
        Assert.True(trial.Refit.HeldOutMetric > 0.8, $"R² {trial.Refit.HeldOutMetric}");
    }

    [Fact]
    public void AnEnsemble_IsTakenOverWorseGroups_AndNotOverBetterOnes()
    {
        (int[] training, int[] heldOut) = Rows;
        var runs = new TrialRuns(s_data, s_settings, RunContext.Silent);
        OneStandardErrorSelector choice = runs.Choice(heldOut);
        var messages = new List<string>();
        Candidate? Decide(Candidate one, TrainingSettings settings) => new EnsembleFit(settings, new TrialRuns(s_data, settings, RunContext.Silent)).BetterThan(one, [settings.InputNoise!.Value], one.Count, training, heldOut, choice, messages.Add);

        // One run that chose a group that means nothing; and one that chose the right ones, against runs that ended in noise.
        Assert.Equal([1, 5], Decide(One([1, 3]), s_settings)!.Snapshot.Groups);
        Assert.NotEqual([1, 5], Ensemble(s_settings, DeafeningNoise).Snapshot.Groups);
        Assert.Null(Decide(One([1, 5]), s_settings with { InputNoise = DeafeningNoise }));
        Assert.StartsWith("Ensemble of 3 runs: chosen, input noise 0, bounded loss on the held-out rows ", messages[0], StringComparison.Ordinal);
        Assert.StartsWith("Ensemble of 3 runs: not chosen, input noise 20, bounded loss on the held-out rows ", messages[1], StringComparison.Ordinal);

        Candidate One(int[] groups)
        {
            FeatureRows features = runs.Features(training);
            PathResult path = runs.Follow(features, training, heldOut, 0, [2], run: 0);
            return runs.TrainFromScratch(features, training, heldOut, path, groups, noise: 0);
        }
    }

    [Fact]
    public void WhereTheEnsembleIsNotTaken_TheFitIsThatOfOneRun()
    {
        // The runs agree: the same groups, a tie, and the one run stands.
        FitResult one = Runs.Fit(s_data, s_settings with { Runs = 1 }), several = Runs.Fit(s_data, s_settings);
        Assert.Equal([1, 5], one.Groups);
        Assert.Equal(Runs.Values(one.State), Runs.Values(several.State));
        Assert.Equal(one.LambdaOut, several.LambdaOut);
    }

    [Fact]
    public void AllGroups_NeedNoEnsemble()
    {
        var messages = new List<string>();
        FitResult fit = Runs.Fit(s_data, s_settings with { Count = 8 }, RunContext.Silent with { Inform = messages.Add });
        Assert.Equal(8, fit.Groups.Length);
        Assert.DoesNotContain(messages, message => message.StartsWith("Ensemble", StringComparison.Ordinal));
    }

    private static (int[] Training, int[] HeldOut) Rows => ([.. Enumerable.Range(0, 150)], [.. Enumerable.Range(150, 50)]);

    private static Candidate Ensemble(TrainingSettings settings, double noise = 0) =>
        new EnsembleFit(settings, new TrialRuns(s_data, settings, RunContext.Silent)).Run(Rows.Training, Rows.HeldOut, noise, 2);
}
