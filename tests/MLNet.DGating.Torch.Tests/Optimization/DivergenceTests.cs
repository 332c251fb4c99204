using System.Globalization;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.Optimization;

/// <summary>A step size that is far too large, and a user who has seen enough.</summary>
public class DivergenceTests
{
    private static readonly TrainingSet s_data = Planted.Linear(1, 200, [.. Enumerable.Repeat(1, 10)], [1, 5]);
    private static readonly TrainingSet s_classes = Planted.Classes(1, 90, 6);

    [Fact]
    public void ALearningRateSomewhatTooLarge_IsHalvedWithAWarning_AndThePathRecovers()
    {
        var warnings = new List<string>();
        FitSettings settings =
            TestRuns.Small.With(
                training => training with { LearningRate = 3, Momentum = 0.5, MaximumStepsPerIteration = 100, BatchSize = 2 });
        PathResult path = TestRuns.FollowToCounts(s_data, settings, [2], RunContext.Silent with { Warn = warnings.Add });
        Assert.InRange(warnings.Count, 1, 5);
        Assert.Contains("step size 1.5", warnings[0], StringComparison.Ordinal);
        Assert.All(TestRuns.Values(path.Snapshots.Single().State), value => Assert.True(float.IsFinite(value)));
        Assert.All(path.Points, point => Assert.True(double.IsFinite(point.TrainingLoss)));
    }

    [Fact]
    public void TrainingThatRunsAway_IsCaughtWhileItsGroupsAreStillThere()
    {
        TrainingSet data = Planted.Linear(1, 300, [.. Enumerable.Repeat(1, 400)], [1, 5]);
        var warnings = new List<string>();
        double worst = 0;
        RunContext context =
            RunContext.Silent with { Warn = warnings.Add, Progress = progress => worst = Math.Max(worst, progress.TrainingLoss) };
        PathResult path =
            TestRuns.FollowToCounts(data, TestRuns.Small.With(training => training with { LearningRate = 0.1 }), [2], context);
        Assert.InRange(warnings.Count, 1, 4);
        Assert.InRange(worst, 0, 2);
        Assert.Equal([1, 5], path.Snapshots.Single().Groups);
    }

    [Fact]
    public void AHopelessLearningRate_ThrowsAfterFiveRestarts_AndNamesTheStepSize()
    {
        var warnings = new List<string>();
        FitSettings settings = TestRuns.Small.With(training => training with { LearningRate = 1e6, BatchSize = 2 });
        DivergenceException error = Assert.Throws<DivergenceException>(() =>
            TestRuns.FollowToCounts(s_data, settings, [2], RunContext.Silent with { Warn = warnings.Add }));
        Assert.Equal(5, warnings.Count);
        Assert.Contains("diverged 6 times, at last with step size 3.12e+04", error.Message, StringComparison.Ordinal);
        Assert.Contains("LearningRate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALearningRateThatDivergesEvenHalvedFiveTimes_IsAnErrorForEveryTask()
    {
        foreach (TrainingSet data in (TrainingSet[])[s_data, s_classes])
        {
            var warnings = new List<string>();
            DivergenceException error = Assert.Throws<DivergenceException>(() => FitAt(200, seed: 1, data, warnings));
            Assert.Equal([.. Halvings(200)], warnings.Select(StepSizeOf));
            Assert.Contains("diverged 6 times, at last with step size 6.25", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ALearningRateThatLeavesTheNetworkDead_EndsInAConstant_AndAWarning()
    {
        foreach (int seed in (int[])[1, 2, 3, 4])
        {
            var warnings = new List<string>();
            FitResult fit = FitAt(5, seed, s_classes, warnings);
            Assert.StartsWith(
                "The features do not predict the label better than a constant does", warnings[^1], StringComparison.Ordinal);
            Assert.False(fit.IsBetterThanConstant);
            Assert.EndsWith("try a step size below 5.", warnings[^1], StringComparison.Ordinal);
            Assert.All(TestRuns.Values(fit.State), value => Assert.True(float.IsFinite(value)));
            int[] rows = TestRuns.All(s_classes);
            // Of three classes it knows nothing.
            Assert.Equal(1.0 / 3, TestRuns.Evaluate(s_classes, TestRuns.Small, fit, rows, rows).HeldOutMetric, 0.05);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public void Cancellation_StopsWithinOneIteration(int after)
    {
        using var source = new CancellationTokenSource();
        int iterations = 0;
        var context = new RunContext(_ => { }, _ => { }, Count, source.Token.ThrowIfCancellationRequested);
        Assert.Throws<OperationCanceledException>(() => TestRuns.FollowToCounts(s_data, TestRuns.Small, [1], context));
        Assert.Equal(after, iterations);

        void Count(DGatingProgress progress)
        {
            if (++iterations == after)
            {
                source.Cancel();
            }
        }
    }

    private static FitResult FitAt(double learningRate, int seed, TrainingSet data, List<string> warnings) => TestRuns.Fit(
        data, TestRuns.Small.At(2).With(training => training with { LearningRate = learningRate }) with { Seed = seed },
        context: RunContext.Silent with { Warn = warnings.Add });

    // The step sizes that training goes on with.
    private static IEnumerable<double> Halvings(double learningRate) =>
        Enumerable.Range(1, 5).Select(restart => learningRate / (1 << restart));

    private static double StepSizeOf(string warning) =>
        double.Parse(warning[(warning.LastIndexOf(' ') + 1)..^1], CultureInfo.InvariantCulture);
}
