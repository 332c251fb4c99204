using Microsoft.ML;

namespace MLNet.DGating.Tests.Results.Paths;

public sealed class CancelledPathTests
{
    private const int Slots = 12;
    private static readonly MLContext s_context = new(seed: 1);
    private static readonly IDataView s_data = Data();

    [Fact]
    public void FitPath_CancelledOnItsWay_GivesThePointsSoFarMarkedIncomplete()
    {
        RegressionPath path = Cancelled(state => state.Phase == DGatingPhase.Path && state.FeatureCount <= 6);
        Assert.False(path.IsComplete);
        Assert.Equal(Slots, path.Points[0].FeatureCount);
        Assert.InRange(path.Points[^1].FeatureCount, 1, 6);
        string[] lines = path.ToString().Split(Environment.NewLine);
        Assert.Equal($"Cancelled at {path.Points[^1].FeatureCount} of {Slots} features.", lines[0]);
        // The counts were judged before the path was followed on all rows.
        Assert.Equal((Slots, 0), (path.Candidates[0].FeatureCount, path.Candidates[^1].FeatureCount));
    }

    [Fact]
    public void ACancelledPath_StillMakesModelsOfTheCountsItReached()
    {
        RegressionPath path = Cancelled(state => state.Phase == DGatingPhase.Path && state.FeatureCount <= 6);
        int reached = path.Points[^1].FeatureCount;
        Assert.Equal(reached, path.At(reached).Model.FeatureSelection.SelectedIndices.Count);
        Assert.Equal(reached + 1, path.At(reached + 1).Model.FeatureSelection.SelectedIndices.Count);
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => path.At(reached - 1));
        Assert.Contains($"cancelled at {reached} features", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACancelledPath_ToACountThatWasNotReached_HasNoModel_AndSaysSo()
    {
        // With validation rows, networks are kept at the counts that are asked for.
        RegressionPath path =
            Cancelled(state => state.Lambda > 0 && state.FeatureCount <= 8, maximumFeatureCount: 2, validation: s_data);
        Assert.False(path.IsComplete);
        OperationCanceledException error = Assert.Throws<OperationCanceledException>(() => path.At(path.Points[^1].FeatureCount));
        Assert.Contains("cancelled before it had a network", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FitPath_CancelledWhileCountsAreJudged_GivesThePathOfThatPart()
    {
        RegressionPath path = Cancelled(state => state.Phase == DGatingPhase.Choosing && state.Lambda > 0 && state.FeatureCount <= 8);
        Assert.False(path.IsComplete);
        Assert.Empty(path.Candidates);
        Assert.Contains("before any count was refitted", path.Judging, StringComparison.Ordinal);
        Assert.InRange(path.BestFeatureCount, path.Points[^1].FeatureCount, Slots);
        Assert.Equal(path.BestFeatureCount, path.Best.Model.FeatureSelection.SelectedIndices.Count);
    }

    [Fact]
    public void FitPath_CancelledBeforeItsFirstPoint_Throws() =>
        Assert.Throws<OperationCanceledException>(() => Cancelled(_ => true));

    [Fact]
    public void At_StopsWithItsOwnToken()
    {
        RegressionPath path = Cancelled(_ => false);
        Assert.True(path.IsComplete);
        Assert.Throws<OperationCanceledException>(() => path.At(3, new CancellationToken(canceled: true)));
        Assert.Equal(3, path.At(3).Model.FeatureSelection.SelectedIndices.Count);
    }

    private static RegressionPath Cancelled(Func<DGatingProgress, bool> when, int? maximumFeatureCount = null, IDataView? validation = null)
    {
        using var source = new CancellationTokenSource();
        return s_context.Regression.Trainers.DGating(new DGatingRegressionTrainer.Options
        {
            LabelColumnName = "Target",
            InputNoise = 0,
            HiddenLayers = [8],
            NumberOfRefitIterations = 5,
            MaximumFeatureCount = maximumFeatureCount,
            CancellationToken = source.Token,
            Progress = new Reaction(state =>
            {
                if (when(state))
                {
                    source.Cancel();
                }
            }),
        }).FitPath(s_data, validation);
    }

    private static IDataView Data()
    {
        var random = new Random(5);
        return DataRow.View(s_context, [.. Enumerable.Range(0, 300).Select(_ =>
        {
            float[] x = [.. Enumerable.Range(0, Slots).Select(_ => (float)(2 * random.NextDouble() - 1))];
            return DataRow.Create(x, 2 * x[0] + x[1] - 1.5 * x[2] + 0.2 * (random.NextDouble() - 0.5));
        })]);
    }

    private sealed class Reaction(Action<DGatingProgress> react) : IProgress<DGatingProgress>
    {
        public void Report(DGatingProgress value) => react(value);
    }
}
