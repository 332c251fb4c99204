using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

public class EnsembleFitTests
{
    /// <summary>Standard deviations of features that runs add and hear nothing through.</summary>
    private const double DeafeningNoise = 20;

    private static readonly int[] s_training = [.. Enumerable.Range(0, 150)];
    private static readonly int[] s_heldOut = [.. Enumerable.Range(150, 50)];
    private static readonly TrainingSet s_data = Planted.Linear(1, 200, [1, 2, 1, 1, 3, 1, 1, 1], [1, 5]);

    private static readonly FitSettings s_settings =
        TestRuns.Small.At(2).With(training => training with { LambdaGrowth = 1.3 }) with { NumberOfRuns = 3 };

    [Fact]
    public void TheSameSeed_GivesTheSameBits_OnAnyNumberOfThreads()
    {
        Candidate one = Ensemble(), threads = Ensemble(execution: TestRuns.OnThreads(4));
        Assert.Equal(one.Snapshot.Groups, threads.Snapshot.Groups);
        Assert.Equal(one.Path.LambdaOut, threads.Path.LambdaOut);
        Assert.Equal(TestRuns.Values(one.Refit.State), TestRuns.Values(threads.Refit.State));
        FitSettings open = s_settings with { Stop = StopRule.Open, InputNoise = null };
        FitResult fit = TestRuns.Fit(s_data, open), fitByThreads = TestRuns.Fit(s_data, open, TestRuns.OnThreads(4));
        Assert.Equal(fit.Groups, fitByThreads.Groups);
        Assert.Equal(TestRuns.Values(fit.State), TestRuns.Values(fitByThreads.State));
    }

    [Fact]
    public void ThePlantedGroups_AreKept_AndTrainedAnewOnTheirColumnsAlone()
    {
        Candidate candidate = Ensemble();
        Assert.Equal([1, 5], candidate.Snapshot.Groups);
        Assert.Equal(3 * candidate.Refit.Shape.GatedWidth, candidate.Refit.State.Primary.Length);
        Assert.All(candidate.Refit.State.Gates, gate => Assert.Equal(1, gate));
        Assert.True(candidate.Refit.HeldOutMetric > 0.8, $"R² {candidate.Refit.HeldOutMetric}");
    }

    [Fact]
    public void AnEnsemble_IsTakenOverWorseGroups_AndNotOverBetterOnes()
    {
        var messages = new List<string>();

        // One run that chose a group that means nothing; and one that chose the right ones, against runs that ended in noise.
        Assert.Equal([1, 5], Decide(One([1, 3]), noise: 0)!.Snapshot.Groups);
        Assert.NotEqual([1, 5], Ensemble(DeafeningNoise).Snapshot.Groups);
        Assert.Null(Decide(One([1, 5]), DeafeningNoise));
        Assert.StartsWith(
            "Ensemble of 3 runs: chosen, input noise 0, bounded loss on the held-out rows ", messages[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "Ensemble of 3 runs: not chosen, input noise 20, bounded loss on the held-out rows ", messages[1], StringComparison.Ordinal);

        Candidate? Decide(Candidate one, double noise)
        {
            using FitWorkflow workflow = TestRuns.Workflow(s_data, s_settings, context: RunContext.Silent with { Inform = messages.Add });
            return new EnsembleFit(workflow, s_training, s_heldOut).BetterThan(one, [noise], one.Count);
        }

        Candidate One(int[] groups)
        {
            RefittedSnapshot refit = TestRuns.Carry(s_data, s_settings.FromScratch(s_training, s_heldOut, groups)).Refits[0];
            return new Candidate(
                Noise: 0, TestRuns.FollowToCounts(s_data, s_settings, [2], heldOut: s_heldOut), refit.Snapshot, refit.Result);
        }
    }

    [Fact]
    public void WhereTheEnsembleIsNotTaken_TheFitIsThatOfOneRun()
    {
        // The runs agree: the same groups, a tie, and the one run stands.
        FitResult one = TestRuns.Fit(s_data, s_settings with { NumberOfRuns = 1 }), several = TestRuns.Fit(s_data, s_settings);
        Assert.Equal([1, 5], one.Groups);
        Assert.Equal(TestRuns.Values(one.State), TestRuns.Values(several.State));
        Assert.Equal(one.LambdaOut, several.LambdaOut);
    }

    [Fact]
    public void AllGroups_NeedNoEnsemble()
    {
        var messages = new List<string>();
        FitResult fit = TestRuns.Fit(s_data, s_settings.At(8), context: RunContext.Silent with { Inform = messages.Add });
        Assert.Equal(8, fit.Groups.Length);
        Assert.DoesNotContain(messages, message => message.StartsWith("Ensemble", StringComparison.Ordinal));
    }

    private static Candidate Ensemble(double noise = 0, ExecutionSettings? execution = null)
    {
        using FitWorkflow workflow = TestRuns.Workflow(s_data, s_settings, execution);
        return new EnsembleFit(workflow, s_training, s_heldOut).At(noise, 2);
    }
}
