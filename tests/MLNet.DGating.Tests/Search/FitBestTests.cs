using Microsoft.ML;

namespace MLNet.DGating.Tests.Search;

public class FitBestTests
{
    private static readonly DGatingSearchSpace s_hidden = Nothing with
    {
        HiddenLayers = [[16], [24]], NumberOfRefitIterations = [40, 60], L2Regularization = new(1e-3, 2e-3),
    };
    private static readonly MLContext s_context = new(seed: 3);
    private static readonly DataRow[] s_rows = Planted.Xor(400, 4, seed: 1);

    /// <summary>A space that searches nothing, to be changed.</summary>
    internal static DGatingSearchSpace Nothing => new()
    {
        GateDepth = null,
        HiddenLayers = [],
        Activation = [],
        LearningRate = null,
        InputNoise = [],
        L2Regularization = null,
        NumberOfRefitIterations = [],
    };

    [Fact]
    public void FitBest_WhereAHiddenLayerIsNeeded_FindsIt()
    {
        BinarySearch search = Search(s_hidden, options => options.HiddenLayers = []);
        Assert.NotEmpty(search.Options.HiddenLayers!);
        Assert.True(search.IsComplete && search.IsTrainedOnAllRows);
        Assert.Matches(@"(^|, )hidden (16|24)(,|$)", search.Leaderboard.Trials[0].Settings);
        Assert.True(search.Leaderboard.Trials[0].IsFinalist);
        IDataView fresh = DataRow.View(s_context, Planted.Xor(400, 4, seed: 2));
        Assert.InRange(s_context.BinaryClassification.Evaluate(search.Transformer.Transform(fresh), "Flag").Accuracy, 0.85, 1);
    }

    [Fact]
    public void FitBest_WhereAllElseIsWorse_KeepsTheOptionsAsGiven_AndTheirModel()
    {
        DGatingSearchSpace slow = Nothing with { LearningRate = new(1e-6, 1e-5, IsLogarithmic: true) };
        BinarySearch search = Search(slow, options => options.HiddenLayers = [16]);
        Assert.Equal("as given", search.Leaderboard.Trials[0].Settings);
        Assert.Equal(DGatingDefaults.LearningRate, search.Options.LearningRate);
        Assert.Equal(Bits(Trainer(options => options.HiddenLayers = [16]).Fit(DataRow.View(s_context, s_rows))), Bits(search.Transformer));
    }

    [Fact]
    public void FitBest_OnAnyNumberOfThreads_GivesTheSameBits()
    {
        BinarySearch one = Search(s_hidden, options => options.HiddenLayers = []);
        BinarySearch several = Search(s_hidden, options => (options.HiddenLayers, options.NumberOfThreads) = ([], 3));
        Assert.Equal(Figures(one), Figures(several));
        Assert.Equal(Bits(one.Transformer), Bits(several.Transformer));
        Assert.NotEqual(Figures(one), Figures(Search(s_hidden, options => (options.HiddenLayers, options.Seed) = ([], 9))));
    }

    [Fact]
    public void TheOptionsFound_FitTheSameModelAgain()
    {
        BinarySearch search = Search(s_hidden, options => options.HiddenLayers = []);
        DGatingBinaryTrainer again = new MLContext().BinaryClassification.Trainers.DGating((DGatingBinaryTrainer.Options)search.Options);
        Assert.Equal(Bits(search.Transformer), Bits(again.Fit(DataRow.View(s_context, s_rows))));
    }

    [Theory, AllTasks]
    public void FitBest_WorksForEveryTask_WithTheDefaultSpace(string task)
    {
        var context = new MLContext(seed: 1);
        IDataView data = DataRow.View(context, Planted.Linear(150, 4, 2, seed: 4));
        void Few(DGatingTrainerOptions options) => options.LambdaGrowth = 2;
        dynamic trainer = TrainingTask.Get(task).Trainer(context, 2, Few);
        dynamic search = trainer.FitBest(data, 4);
        Assert.Equal(4, ((IReadOnlyList<DGatingTrial>)search.Leaderboard.Trials).Count);
        Assert.Equal(2, new Fitted((ITransformer)search.Transformer).Selected.Length);
    }

    [Fact]
    public void Progress_TellsOfEveryTrial_RungByRung()
    {
        var reports = new List<DGatingSearchProgress>();
        Search(s_hidden, options => options.HiddenLayers = [], new Reaction(reports.Add));
        Assert.Equal(reports.OrderBy(report => report.Rung).ThenBy(report => report.FinishedTrials), reports);
        Assert.Equal([1, 2, 3], reports.Select(report => report.Rung).Distinct());
        Assert.All(reports.GroupBy(report => report.Rung), ofRung => Assert.Equal(ofRung.Last().Trials, ofRung.Count()));
        Assert.All(reports, report => Assert.Equal(3, report.Rungs));
    }

    [Fact]
    public void FitBest_Cancelled_GivesTheModelOfTheBestTrialSoFar()
    {
        using var source = new CancellationTokenSource();
        var cancelling = new Reaction(report =>
        {
            if (report.Rung == 2)
            {
                source.Cancel();
            }
        });
        BinarySearch search = Search(
            s_hidden, options => (options.HiddenLayers, options.CancellationToken) = ([], source.Token), cancelling);
        Assert.False(search.IsComplete);
        Assert.False(search.IsTrainedOnAllRows);
        Assert.NotEmpty(search.Options.HiddenLayers!);
        Assert.Contains("The search was stopped on the way.", search.ToString(), StringComparison.Ordinal);
        Assert.All(new Fitted(search.Transformer).Scores(s_context, s_rows), score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void FitBest_CancelledBeforeAnythingIsFinished_Throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Search(s_hidden, options => options.CancellationToken = source.Token));
    }

    [Fact]
    public void FitBest_OutOfTime_TrainsTheBestSoFarOnAllRows()
    {
        var timeout = TimeSpan.FromSeconds(4);
        BinarySearch search = Search(s_hidden, options => options.HiddenLayers = [], new Reaction(report =>
        {
            if (report.Rung == 2)
            {
                Thread.Sleep(timeout);
            }
        }), timeout);
        Assert.False(search.IsComplete);
        Assert.True(search.IsTrainedOnAllRows);
    }

    [Fact]
    public void FitBest_OutOfTimeBeforeAnythingIsFinished_SaysSo()
    {
        OperationCanceledException error =
            Assert.Throws<OperationCanceledException>(() => Search(s_hidden, timeout: TimeSpan.FromTicks(1)));
        Assert.Contains("before its first trial had finished", error.Message, StringComparison.Ordinal);
    }

    internal static BinarySearch Search(
        DGatingSearchSpace space, Action<DGatingTrainerOptions>? change = null, IProgress<DGatingSearchProgress>? progress = null,
        TimeSpan? timeout = null, int trials = 5) =>
        Trainer(change).FitBest(DataRow.View(s_context, s_rows), trials, timeout, space, progress);

    private static DGatingBinaryTrainer Trainer(Action<DGatingTrainerOptions>? change) =>
        (DGatingBinaryTrainer)TrainingTask.Get("binary").Trainer(s_context, 2, change);

    private static byte[] Bits(ITransformer transformer) => new Fitted(transformer).Bits(s_context, s_rows);

    // All but the seconds.
    private static DGatingTrial[] Figures(BinarySearch search) =>
        [.. search.Leaderboard.Trials.Select(trial => trial with { Seconds = 0 })];

    private sealed class Reaction(Action<DGatingSearchProgress> react) : IProgress<DGatingSearchProgress>
    {
        public void Report(DGatingSearchProgress value) => react(value);
    }
}
