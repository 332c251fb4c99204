using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Results.Stability;

public class FitStabilityTests
{
    private const int Slots = 20, Pairs = 5;

    private static readonly int[] s_planted = [0, 1];
    private static readonly MLContext s_context = new(seed: 1);

    // The last slot is constant.
    private static readonly DataRow[] s_rows =
        [.. Planted.Linear(200, Slots, 2, seed: 3).Select(row => row.With([.. row.Values[..^1], 5f]))];
    private static readonly string[] s_names = [.. Enumerable.Range(0, Slots).Select(slot => $"f{slot}")];
    private static readonly Lazy<RegressionStability> s_stability =
        new(() => Regression(s_context).FitStability(DataRow.View(s_context, s_rows, s_names), Pairs));

    [Fact]
    public void ThePlantedFeatures_AreStable()
    {
        Assert.Equal(s_planted, s_stability.Value.StableFeatures().Take(2).Select(feature => feature.Index));
        Assert.Equal(s_planted, s_stability.Value.StableFeatures(featureCount: 2, threshold: 0.9).Select(feature => feature.Index));
        Assert.Equal(["f0", "f1"], s_stability.Value.StableFeatures(2).Select(feature => feature.Name));
        Assert.All(s_stability.Value.StableFeatures(2), feature => Assert.Equal(1, feature.Frequency));
    }

    [Fact]
    public void Frequencies_AreSharesOfTheRuns_ThatGrowWithTheCountAndAddUpToIt()
    {
        Assert.Equal((Pairs, Slots), (s_stability.Value.Pairs, s_stability.Value.Features.Count));
        for (int count = 1; count < Slots; count++)
        {
            IReadOnlyList<double> frequencies = s_stability.Value.FrequenciesAt(count), more = s_stability.Value.FrequenciesAt(count + 1);
            Assert.Equal(count, frequencies.Sum(), 1e-9);
            Assert.All(frequencies.Zip(more), pair => Assert.InRange(pair.First, 0, pair.Second));
            Assert.All(frequencies, frequency => Assert.Equal(Math.Round(frequency * 2 * Pairs), frequency * 2 * Pairs, 1e-9));
            Assert.Equal(frequencies[3], s_stability.Value.Frequency(3, count));
        }
    }

    [Fact]
    public void AConstantFeature_IsNeverSelected() => Assert.Equal(0, s_stability.Value.Frequency(Slots - 1, Slots));

    [Fact]
    public void TheSuggestedCount_IsTheLargestWithAtMostOneFalseSelection() => Assert.All((double[])[0.6, 0.75, 0.9, 1], threshold =>
    {
        int count = s_stability.Value.SuggestedFeatureCount(threshold);
        Assert.InRange(s_stability.Value.ExpectedFalseSelections(count, threshold), 0, 1);
        Assert.True(count == Slots - 1 || s_stability.Value.ExpectedFalseSelections(count + 1, threshold) > 1);
        Assert.Equal(s_stability.Value.StableFeatures(count, threshold), s_stability.Value.StableFeatures(null, threshold));
    });

    [Fact]
    public void TheBound_IsOfTheFeaturesThatVary()
    {
        // Shah and Samworth, theorem 2 and, at a count of more than 1/√3 of the features, theorem 1; the constant one does not count.
        // 0.8 is 8 of 10 runs.
        Assert.Equal(2 * 2 / 19.0 * 4 * (1 - 0.8 + 0.1) / 1.2, s_stability.Value.ExpectedFalseSelections(2, 0.8), 1e-12);
        Assert.True(s_stability.Value.BoundAssumesUnimodality(2, 0.8));
        Assert.Equal(15 * 15 / 19.0 / 0.6, s_stability.Value.ExpectedFalseSelections(15, 0.8), 1e-12);
        Assert.False(s_stability.Value.BoundAssumesUnimodality(15, 0.8));
    }

    [Fact]
    public void AModel_ReadsExactlyTheStableFeatures_AndKnowsTheFrequencies()
    {
        var fitted = new Fitted(s_stability.Value.ModelOf(featureCount: 2));
        Assert.Equal(s_planted, fitted.Selected);
        Assert.Equal(s_stability.Value.FrequenciesAt(2), fitted.Report.Frequency);
        Assert.All(fitted.Report.Features, gate => Assert.Equal(s_planted.Contains(gate.Index), double.IsPositiveInfinity(gate.LambdaOut)));
        IDataView data = DataRow.View(s_context, s_rows);
        Assert.InRange(s_context.Regression.Evaluate(fitted.Transformer.Transform(data), "Target").RSquared, 0.9, 1);

        Fitted loaded = fitted.SaveAndLoad(s_context, data.Schema);
        Assert.Equal(fitted.Report.Frequency, loaded.Report.Frequency);
        Assert.Equal(fitted.Bits(s_context, s_rows), loaded.Bits(s_context, s_rows));
    }

    [Fact]
    public void AThresholdThatNoneReaches_IsSaid()
    {
        DataRow[] labels = Planted.Linear(40, 12, 1, seed: 5, noise: 0), features = Planted.Linear(40, 12, 1, seed: 6);
        DataRow[] noise = [.. labels.Zip(features, (row, other) => row.With(other.Values))];
        RegressionStability stability = Regression(s_context).FitStability(DataRow.View(s_context, noise), Pairs);
        Assert.Empty(stability.StableFeatures(1, 1));
        Assert.Matches(
            @"^No feature is selected by 100\s?% of the runs when each selects 1; the most frequent by \d+\s?%\. "
            + @"Give a lower threshold, or a larger count\.$",
            Assert.Throws<InvalidOperationException>(() => stability.ModelOf(1, 1)).Message);
    }

    [Fact]
    public void ToString_ShowsFrequenciesThresholdAndBound()
    {
        string[] lines = s_stability.Value.ToString(2, 0.8).TrimEnd().Split(Environment.NewLine);
        Assert.Equal("Each of 10 runs on half of the rows selects 2 of 20 features.", lines[0]);
        Assert.Equal(["  Feature  Frequency", "  f0            1.00  stable", "  f1            1.00  stable"], lines[1..4]);
        Assert.Equal("2 features reach the threshold of 0.8.", lines[^2]);
        Assert.Equal(
            "Expected to do so by chance: at most 0.21 (Shah and Samworth 2013, assuming a unimodal distribution).", lines[^1]);
        Assert.EndsWith(
            "at most 19.74 (Meinshausen and Bühlmann 2010, assuming nothing of the distribution)." + Environment.NewLine,
            s_stability.Value.ToString(15, 0.8), StringComparison.Ordinal);
        Assert.Equal(s_stability.Value.ToString(s_stability.Value.SuggestedFeatureCount()), s_stability.Value.ToString());
    }

    [Theory, AllTasks]
    public void AnyNumberOfThreads_GivesTheSame_AndAnotherSeedAnother(string task)
    {
        DGatingStability one = Run(1, 4);
        Assert.Equal(Values(one), Values(Run(2, 4)));
        Assert.NotEqual(Values(one), Values(Run(2, 5)));

        double[] Values(DGatingStability stability) => [.. Enumerable.Range(1, Slots).SelectMany(stability.FrequenciesAt)];

        DGatingStability Run(int threads, int seed)
        {
            var context = new MLContext(seed);
            IDataView data = DataRow.View(context, s_rows[..60]);
            IEstimator<ITransformer> trainer = TrainingTask.Get(task).Trainer(context, change: options =>
            {
                options.NumberOfThreads = threads;
                options.InputNoise = null;
            });
            return trainer switch
            {
                DGatingBinaryTrainer binary => binary.FitStability(data, 3),
                DGatingMulticlassTrainer multiclass => multiclass.FitStability(data, 3),
                _ => ((DGatingRegressionTrainer)trainer).FitStability(data, 3),
            };
        }
    }

    [Fact]
    public void WhatCannotBe_IsSaid()
    {
        Assert.Equal("The rows must be halved at least once, but pairs was 0. (Parameter 'pairs')",
            Assert.ThrowsAny<ArgumentException>(() => Regression(s_context).FitStability(DataRow.View(s_context, s_rows), 0)).Message);
        Assert.Equal("Stability selection halves the rows and needs at least 4, but there are 3. (Parameter 'data')",
            Assert.ThrowsAny<ArgumentException>(() => Regression(s_context).FitStability(DataRow.View(s_context, s_rows[..3]))).Message);
        Assert.All((double[])[0.5, 1.01, double.NaN], threshold =>
        {
            string message = Assert.Throws<ArgumentOutOfRangeException>(() => s_stability.Value.StableFeatures(2, threshold)).Message;
            Assert.StartsWith("The threshold must be above 0.5 and at most 1", message, StringComparison.Ordinal);
            Assert.Throws<ArgumentOutOfRangeException>(() => s_stability.Value.ExpectedFalseSelections(2, threshold));
        });
        Assert.Throws<ArgumentOutOfRangeException>(() => s_stability.Value.FrequenciesAt(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_stability.Value.Frequency(Slots, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_stability.Value.ExpectedFalseSelections(0, 0.75));
    }

    [Fact]
    public void Cancelling_LeavesNothing()
    {
        using var source = new CancellationTokenSource();
        var seen = new Recorder { Then = _ => source.Cancel() };
        DGatingRegressionTrainer trainer = Regression(new MLContext(seed: 1), options =>
        {
            options.Progress = seen;
            options.CancellationToken = source.Token;
            options.NumberOfThreads = 2;
        });
        OperationCanceledException error =
            Assert.Throws<OperationCanceledException>(() => trainer.FitStability(DataRow.View(s_context, s_rows), Pairs));
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.InRange(seen.All.Count, 1, 2);
    }

    [Fact]
    public void ModelOf_CanBeCancelled_AndTriedAgain()
    {
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => s_stability.Value.ModelOf(2, cancellationToken: cancelled));
        Assert.Equal(s_planted, s_stability.Value.ModelOf(2).Model.FeatureSelection.SelectedIndices);
    }

    private static DGatingRegressionTrainer Regression(MLContext context, Action<DGatingTrainerOptions>? change = null) =>
        (DGatingRegressionTrainer)TrainingTask.Get("regression").Trainer(context, change: change);
}
