using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

public class CandidateRaceTests
{
    private static readonly int[] s_training = [.. Enumerable.Range(0, 200)], s_heldOut = [.. Enumerable.Range(200, 100)];
    private static readonly TrainingSet s_data = Planted.LinearClasses(1, 300, [1, 1, 1, 1, 1, 1], [0, 1]);

    [Fact]
    public void ACandidateWhoseFurtherRoundsBringNothing_KeepsItsNetwork_AndTheRoundOfIt()
    {
        // The held-out rows say the opposite of the training rows: whatever is learnt is worse.
        float[] turned = [.. s_data.Targets.Select((target, row) => row < 200 ? target : 1 - target)];
        Candidate[] candidates = Race(s_data with { Targets = turned }, out Candidate[] finished);
        Assert.All(candidates.Concat(finished), candidate =>
        {
            Assert.Equal(0, candidate.Refit.EndOfRounds);
            Assert.Equal(TestRuns.Values(candidate.Snapshot.State), TestRuns.Values(candidate.Refit.State));
        });
    }

    [Fact]
    public void ACandidateThatImproves_GoesOn_FromRoundToRound()
    {
        Candidate[] candidates = Race(s_data, out Candidate[] finished);
        Assert.Contains(candidates, candidate => candidate.Refit.Rounds >= 1);
        Assert.All(candidates.Zip(finished), pair => Assert.True(pair.Second.Refit.Rounds >= pair.First.Refit.Rounds));
    }

    [Theory]
    [InlineData(false, 60, 3)]
    [InlineData(true, 60, 1)]
    [InlineData(true, 2, 1)]
    public void TheRaceOfManyRows_IsOverBeforeTheLastRound(bool isPiecewise, int refitIterations, int end)
    {
        FitSettings settings = TestRuns.Small.With(training => training with
        {
            IsPiecewise = isPiecewise, NumberOfRefitIterations = refitIterations,
        });
        using FitWorkflow workflow = TestRuns.Workflow(s_data, settings);
        Assert.Equal(end, new CandidateRace(workflow, s_training, s_heldOut).RoundsOfManyRows);
    }

    [Fact]
    public void OfManyRowsOnIntervals_TheChosenCountAloneHasTheLastRound()
    {
        TrainingSet data = Planted.StepClasses(1, DGatingDefaults.MaximumFoldedRows + 1, 4, 0, 1);
        FitSettings settings = TestRuns.Small.With(training => training with { IsPiecewise = true, NumberOfRefitIterations = 10 });
        var iterations = new Dictionary<int, int>();
        FitResult fit = TestRuns.Fit(data, settings, context: RunContext.Silent with
        {
            Progress = progress =>
            {
                if (progress is { Phase: DGatingPhase.Choosing, Lambda: 0 })
                {
                    iterations[progress.FeatureCount] = iterations.GetValueOrDefault(progress.FeatureCount) + 1;
                }
            },
        });
        Assert.Equal(2, fit.Groups.Length);
        Assert.Equal(10, iterations[2]);
        Assert.InRange(iterations[3], 1, 2);
    }

    private static Candidate[] Race(TrainingSet data, out Candidate[] finished)
    {
        FitSettings settings = TestRuns.Small.With(training => training with { NumberOfRefitIterations = 15 });
        using FitWorkflow workflow = TestRuns.Workflow(data, settings);
        var race = new CandidateRace(workflow, s_training, s_heldOut);
        RunResult[] paths = workflow.Try(race.Paths([0], [6, 4, 2, 1]));
        Candidate[] candidates = race.Run(paths, CandidateRace.Rounds);
        finished = Array.ConvertAll(candidates, race.Finish);
        return candidates;
    }
}
