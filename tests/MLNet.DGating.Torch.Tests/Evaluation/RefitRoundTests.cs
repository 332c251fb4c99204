using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.Evaluation;

public class RefitRoundTests
{
    private static readonly FitSettings s_settings = TestRuns.Small.With(training => training with { NumberOfRefitIterations = 15 });
    private static readonly TrainingSet s_data = Planted.LinearClasses(1, 300, [1, 1, 1, 1, 1, 1], [0, 1]);
    private static readonly int[] s_training = [.. Enumerable.Range(0, 200)], s_heldOut = [.. Enumerable.Range(200, 100)];

    private static readonly Lazy<PathSnapshot> s_snapshot =
        new(() => TestRuns.FollowToCounts(s_data, s_settings, [2], heldOut: s_heldOut).Snapshots[0]);

    [Fact]
    public void RoundsInRunsOfTheirOwn_EndAtTheSameParameters()
    {
        RefitResult whole = Refit(s_snapshot.Value, 0, null, []);
        RefitResult part = Refit(s_snapshot.Value, 0, 1, []);
        for (int round = 1; round < 4; round++)
        {
            Assert.Equal(round, part.Rounds);
            part = Refit(s_snapshot.Value with { State = part.State }, round, round + 1, []);
        }

        Assert.Equal(TestRuns.Values(whole.State), TestRuns.Values(part.State));
        Assert.Null(whole.EndOfRounds);
    }

    [Fact]
    public void WithHeldOutRows_TheBestRoundIsTaken()
    {
        // Labels of the training rows are worthless from the middle on: the longer the refit, the worse.
        var random = new Random(1);
        float[] targets = [.. s_data.Targets.Select((target, row) => row is >= 20 and < 200 ? random.Next(2) : target)];
        TrainingSet data = s_data with { Targets = targets };
        RefitResult[] rounds = [.. Enumerable.Range(0, 5).Select(end => Refit(s_snapshot.Value, 0, end, s_heldOut, data))];
        double least = rounds.Min(round => round.HeldOutBoundedLosses.Average());
        RefitResult stopped = Refit(s_snapshot.Value, 0, null, s_heldOut, data);
        Assert.Equal(least, stopped.HeldOutBoundedLosses.Average(), 1e-12);
        Assert.False(stopped.IsImproving);
        Assert.InRange(stopped.EndOfRounds!.Value, 0, 3);
    }

    [Fact]
    public void WhereNoRoundIsWorthIt_ARefitOnOtherRowsHasNone()
    {
        // The held-out rows say the opposite of the training rows: whatever is learnt is worse.
        float[] turned = [.. s_data.Targets.Select((target, row) => row < 200 ? target : 1 - target)];
        RefitResult stopped = Refit(s_snapshot.Value, 0, null, s_heldOut, s_data with { Targets = turned });
        Assert.Equal(0, stopped.EndOfRounds);
        RefitResult onOthers = Refit(s_snapshot.Value, 0, stopped.EndOfRounds, []);
        Assert.Equal(TestRuns.Values(s_snapshot.Value.State), TestRuns.Values(onOthers.State));
    }

    [Fact]
    public void WhereTheFirstRoundBringsLittle_ARefitGoesHalfway_OnOtherRowsToo()
    {
        // The held-out rows are labelled at random, so that no round is surely better or worse.
        var random = new Random(3);
        float[] targets = [.. s_data.Targets.Select((target, row) => row < 200 ? target : random.Next(2))];
        RefitResult stopped = Refit(s_snapshot.Value, 0, 1, s_heldOut, s_data with { Targets = targets });
        Assert.Equal(RefitRounds.Halfway, stopped.EndOfRounds);
        RefitResult onOthers = Refit(s_snapshot.Value, 0, stopped.EndOfRounds, []), whole = Refit(s_snapshot.Value, 0, 1, []);
        Assert.Equal(TestRuns.Values(stopped.State), TestRuns.Values(onOthers.State));
        Assert.Equal(TestRuns.Values(s_snapshot.Value.State.MeanWith(whole.State)), TestRuns.Values(onOthers.State));
    }

    [Fact]
    public void AnEvaluation_TrainsNothing()
    {
        RunDescription run = s_settings.Evaluation(s_training, s_heldOut, s_snapshot.Value);
        RefitResult evaluated = TestRuns.Carry(s_data, run).Refits[0].Result;
        Assert.Equal(TestRuns.Values(s_snapshot.Value.State), TestRuns.Values(evaluated.State));
        Assert.Equal(s_heldOut.Length, evaluated.HeldOutScores.Length);
    }

    private static RefitResult Refit(PathSnapshot start, int first, double? end, int[] heldOut, TrainingSet? data = null) =>
        TestRuns.Carry(data ?? s_data, s_settings.Refit(s_training, start, noise: 0) with
        {
            FirstRound = first,
            EndOfRounds = end,
            HeldOutRows = heldOut,
        }).Refits[0].Result;
}
