using Microsoft.ML;

namespace MLNet.DGating.Tests.Rows;

/// <summary>Every kind of fit of rows that do not fit in the memory they may take: as good as in memory.</summary>
public class StreamedFitsTests
{
    // The smallest sample: 1,000 of 10,000 rows, sorted by label.
    private const long Little = 1;
    private const int Slots = 8;

    // What may be lost of the accuracy or R².
    private const double Tolerance = 0.005;
    private static readonly MLContext s_context = new(seed: 1);
    private static readonly DataRow[] s_rows = [.. Planted.Linear(10_000, Slots, 3, seed: 1, noise: 0.5).OrderBy(row => row.Target)];
    private static readonly DataRow[] s_test = Planted.Linear(20_000, Slots, 3, seed: 2, noise: 0.5);

    [Fact]
    public void FitPath_TrainsOnAllRows_AndSoDoItsModels() => AssertAsGood((trainer, data) => trainer.FitPath(data), path => path.At(3));

    [Fact]
    public void FitPathCrossValidated_TrainsOnAllRows_AndSoDoItsModels() =>
        AssertAsGood((trainer, data) => trainer.FitPathCrossValidated(data, folds: 3), path => path.At(3));

    [Fact]
    public void FitStability_TrainsOnAllRows_AndSoDoesItsModel() =>
        AssertAsGood((trainer, data) => trainer.FitStability(data, pairs: 3), stability => stability.ModelOf(3, 0.8));

    [Fact]
    public void FitKnockoffs_TrainsOnAllRows_AndSoDoesItsModel() => AssertAsGood(
        (trainer, data) => trainer.FitKnockoffs(data, falseDiscoveryRate: 0.4, draws: 2), knockoffs => knockoffs.ModelOf());

    [Theory, MemberData(nameof(SeveralNetworks))]
    public void Fit_OfSeveralNetworks_TrainsAllOnAllRows(Action<DGatingTrainerOptions> change) =>
        AssertAsGood((trainer, data) => trainer.Fit(data), model => model, change);

    public static TheoryData<Action<DGatingTrainerOptions>> SeveralNetworks => new(
        options => options.EnsembleSize = 2,
        options => options.NumberOfRuns = 2,
        options => options.SelectNeurons = true);

    [Theory]
    [InlineData(DGatingNumericEncoding.PiecewiseLinear, false)]
    [InlineData(DGatingNumericEncoding.PiecewiseLinear, true)]
    [InlineData(DGatingNumericEncoding.Embedding, false)]
    [InlineData(DGatingNumericEncoding.Embedding, true)]
    public void NumbersAreEncoded_AsInMemory(DGatingNumericEncoding encoding, bool isOfPath)
    {
        DataRow[] rows = [.. Jumps(10_000, seed: 1).OrderBy(row => row.Target)], test = Jumps(10_000, seed: 2);
        var log = new MessageLog(s_context);
        double[] quality = [.. new long?[] { 6_000 * Slots * sizeof(float), null }.Select(memory =>
        {
            DGatingRegressionTrainer trainer = Trainer(memory, options =>
                (options.NumericEncoding, options.NumberOfRefitIterations) = (encoding, 50));
            IDataView data = View(rows);
            return TrainingTask.Get("regression").QualityOn(
                s_context, new Fitted(isOfPath ? trainer.FitPath(data).At(3) : trainer.Fit(data)), test);
        })];
        // The edges of intervals are those that the sample shows.
        Assert.InRange(quality[0], quality[1] - 0.02, 1);
        Assert.Empty(log.Warnings);

        // A sum of jumps, which a small network without intervals does not learn.
        static DataRow[] Jumps(int count, int seed) => Array.ConvertAll(Planted.Linear(count, Slots, 3, seed), row =>
            DataRow.Create(row.Values, row.Values.Take(3).Sum(value => MathF.Floor(3 * value) % 2)));
    }

    [Fact]
    public void FitPath_JudgesCandidatesAsInMemory()
    {
        DGatingPath streamed = Trainer(Little).FitPath(View(s_rows)), inMemory = Trainer(null).FitPath(View(s_rows));
        Assert.Equal(
            inMemory.Ranking.Take(3).Select(feature => feature.Index).Order(),
            streamed.Ranking.Take(3).Select(feature => feature.Index).Order());
        foreach (DGatingPathCandidate candidate in streamed.Candidates)
        {
            // 200 rows are held out of the sample, and 2,000 in memory.
            DGatingPathCandidate same = inMemory.Candidates.Single(other => other.FeatureCount == candidate.FeatureCount);
            double error = 4 * candidate.MetricStandardError;
            Assert.InRange(candidate.Metric, same.Metric - error, same.Metric + error);
        }
    }

    [Fact]
    public void ModelsOfAPath_DoNotDependOnTheirOrder()
    {
        DGatingPath<RegressionModel> path = Trainer(Little).FitPath(View(s_rows)), same = Trainer(Little).FitPath(View(s_rows));
        path.At(5);
        Assert.Equal(new Fitted(same.At(3)).Bits(s_context, s_test), new Fitted(path.At(3)).Bits(s_context, s_test));
        Assert.Equal(new Fitted(path.At(5)).Bits(s_context, s_test), new Fitted(same.At(5)).Bits(s_context, s_test));
    }

    [Fact]
    public void Folds_NeverTrainOnRowsOfAKeyThatIsHeldOut()
    {
        // A key has a label of its own and features that only tell the key, so that a network knows the label of keys it has seen.
        var random = new Random(1);
        float[][] ofKey = [.. Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, Slots).Select(_ => random.NextSingle()).ToArray())];
        DataRow[] rows = [.. Enumerable.Range(0, 12_000).Select(row =>
        {
            int key = row % ofKey.Length;
            var made = DataRow.Create([.. ofKey[key].Select(value => value + 0.001f * random.NextSingle())], key * 7919 % 2 - 0.5);
            made.Weight = key;
            return made;
        })];
        var options = (DGatingBinaryTrainer.Options)TrainingTask.Get("binary").Quick(change: options =>
        {
            (options.MaximumRowMemory, options.HiddenLayers, options.NumberOfRefitIterations) = (Little, [64], 60);
        });
        DGatingPath path = s_context.BinaryClassification.Trainers.DGating(options).FitPathCrossValidated(View(rows), 3, "Weight");
        Assert.InRange(path.Candidates.Max(candidate => candidate.Metric), 0, 0.8);
    }

    [Fact]
    public void ASourceThatGivesOtherRowsTheNextTime_IsRefused()
    {
        var once = new LazyRows(reading => reading == 1 ? s_rows : s_rows[..500]);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => Trainer(Little).FitPath(DataRow.View(s_context, once, Slots)));
        Assert.Contains("but 500 rows when it was read again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSample_LeavesRoomForThePoolOfEveryThread()
    {
        var log = new MessageLog(s_context);
        const int slotBytes = sizeof(float), all = 8_000;
        Trainer(all * Slots * slotBytes, options => options.NumberOfThreads = 3).FitStability(View(s_rows), pairs: 2);
        Assert.Contains(log.Information, message => message.Contains("a uniform sample of 2000 rows", StringComparison.Ordinal));
        Assert.Empty(log.Warnings);
    }

    private static void AssertAsGood<T>(
        Func<DGatingRegressionTrainer, IDataView, T> fit, Func<T, ITransformer> modelOf,
        Action<DGatingTrainerOptions>? change = null)
    {
        var rows = new LazyRows(s_rows);
        T streamed = fit(Trainer(Little, change), DataRow.View(s_context, rows, Slots));
        int readings = rows.Readings;
        Fitted model = new(modelOf(streamed)), inMemory = new(modelOf(fit(Trainer(null, change), View(s_rows))));
        Assert.InRange(readings, 3, int.MaxValue);
        if (streamed is not ITransformer)
        {
            Assert.InRange(rows.Readings, readings + 1, int.MaxValue);
        }

        Assert.Equal([0, 1, 2], model.Selected);
        double expected = TrainingTask.Get("regression").QualityOn(s_context, inMemory, s_test);
        Assert.InRange(TrainingTask.Get("regression").QualityOn(s_context, model, s_test), expected - Tolerance, 1);
    }

    private static DGatingRegressionTrainer Trainer(long? memory, Action<DGatingTrainerOptions>? change = null) =>
        s_context.Regression.Trainers.DGating((DGatingRegressionTrainer.Options)TrainingTask.Get("regression").Quick(3, options =>
        {
            options.MaximumRowMemory = memory;
            options.MaximumFeatureCount = change is null ? null : 3;
            change?.Invoke(options);
        }));

    private static IDataView View(DataRow[] rows) => DataRow.View(s_context, rows);
}
