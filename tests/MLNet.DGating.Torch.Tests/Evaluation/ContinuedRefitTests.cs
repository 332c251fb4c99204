using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.Evaluation;

public class ContinuedRefitTests
{
    private static readonly FitSettings s_settings = TestRuns.Small.With(training => training with { NumberOfRefitIterations = 15 });
    private static readonly TrainingSet s_data = Planted.LinearClasses(1, 300, [1, 1, 1], [0, 1]);
    private static readonly int[] s_training = [.. Enumerable.Range(0, 200)], s_heldOut = [.. Enumerable.Range(200, 100)];

    private static readonly Lazy<PathSnapshot> s_start = new(() =>
    {
        PathSnapshot path = TestRuns.FollowToCounts(s_data, s_settings, [3], heldOut: s_heldOut).Snapshots[0];
        return path with { State = TestRuns.Carry(s_data, s_settings.Refit(s_training, path, 0)).Refits[0].Result.State };
    });

    [Fact]
    public void WithoutRounds_NothingIsTrained()
    {
        RefitResult none = Continue(0, s_heldOut);
        Assert.Equal(TestRuns.Values(s_start.Value.State), TestRuns.Values(none.State));
        Assert.Equal(0, none.Rounds);
        Assert.Equal(s_heldOut.Length, none.HeldOutLosses.Length);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(1.75)]
    public void AGivenEnd_IsOnTheLineFromTheStartToTheEndOfItsRound(double end)
    {
        RefitResult whole = Continue(Math.Ceiling(end), []), part = Continue(end, []);
        float share = (float)(end - Math.Floor(end));
        float[] expected = TestRuns.Values(share == 0 ? whole.State : s_start.Value.State.Toward(whole.State, share));
        Assert.Equal(expected, TestRuns.Values(part.State));
        Assert.Equal(end, part.Rounds);
    }

    [Fact]
    public void WithHeldOutRows_TheBestPlaceIsTaken_WhichAGivenEndFindsAgain()
    {
        // Labels of the training rows are partly worthless: all of the way is too far.
        var random = new Random(1);
        float[] targets = [.. s_data.Targets.Select((target, row) => row is >= 60 and < 200 ? random.Next(2) : target)];
        TrainingSet data = s_data with { Targets = targets };
        RefitResult stopped = Continue(null, s_heldOut, data);
        double[] ends = [0, .. Enumerable.Range(0, 1 + (int)Math.Ceiling(stopped.Rounds)).SelectMany(round =>
            new[] { 0.25, 0.5, 0.75, 1 }.Select(share => round + share)).Where(end => end <= Math.Max(2, Math.Ceiling(stopped.Rounds)))];
        double least = ends.Min(end => Continue(end, s_heldOut, data).HeldOutBoundedLosses.Average());
        Assert.Equal(least, stopped.HeldOutBoundedLosses.Average(), 1e-12);
        Assert.Equal(TestRuns.Values(Continue(stopped.Rounds, [], data).State), TestRuns.Values(stopped.State));
    }

    [Fact]
    public void WhereTheNewRowsSayTheOpposite_TrainingDoesNotCountAsDiverged()
    {
        var warnings = new List<string>();
        float[] turned = [.. s_data.Targets.Select(target => 1 - target)];
        RunDescription run = Describe(null, s_heldOut);
        RefitResult refit = TestRuns.Carry(
            s_data with { Targets = turned }, run, Progress.RunContext.Silent with { Warn = warnings.Add }).Refits[0].Result;
        Assert.Empty(warnings);
        Assert.True(refit.HeldOutMetric > 0.8, $"{refit.HeldOutMetric}");
    }

    private static RefitResult Continue(double? end, int[] heldOut, TrainingSet? data = null) =>
        TestRuns.Carry(data ?? s_data, Describe(end, heldOut)).Refits[0].Result;

    private static RunDescription Describe(double? end, int[] heldOut) => s_settings.Refit(s_training, s_start.Value, noise: 0) with
    {
        ContinuesModel = true,
        HeldOutRows = heldOut,
        EndOfRounds = end,
    };
}
