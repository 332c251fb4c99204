using System.Globalization;
using MLNet.DGating.Tests.Search;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Rows;

/// <summary>Wide rows of few values are kept sparse, and everything that can be done with rows can be done with them.</summary>
public class SparseTrainingTests
{
    private const int Slots = 600;
    private static readonly int[] s_telling = [.. Planted.TellingWords.Keys.Order()];
    private static readonly DataRow[] s_rows = Planted.Words(400, Slots, seed: 1);
    private static readonly DataRow[] s_fresh = Planted.Words(300, Slots, seed: 2);

    private readonly MLContext _context = new(seed: 1);
    private readonly MessageLog _log;

    public SparseTrainingTests() => _log = new MessageLog(_context);

    private bool IsSparse => _log.Information.Any(message => message.StartsWith("Rows are kept sparse: ", StringComparison.Ordinal));

    [Theory, AllTasks]
    public void Fit_FindsTheWordsThatTell_AndTheSavedModelKnowsThem(string task)
    {
        Fitted fitted = TrainingTask.Get(task).Fit(_context, s_rows, 3);
        Assert.True(IsSparse);
        Assert.Equal(s_telling, fitted.Selected);
        Assert.InRange(TrainingTask.Get(task).QualityOn(_context, fitted, s_fresh), 0.8, 1);
        Fitted loaded = fitted.SaveAndLoad(_context, DataRow.View(_context, s_rows).Schema);
        Assert.Equal(fitted.Bits(_context, s_fresh), loaded.Bits(_context, s_fresh));
    }

    [Theory, AllTasks]
    public void DenseVectorsOfFewValues_AreTheSameRows(string task)
    {
        DataRow[] dense = [.. s_rows.Select(row => row.With(row.Values))];
        Assert.All(dense[..5], row => Assert.True(row.Features.IsDense));
        Fitted ofDense = TrainingTask.Get(task).Fit(_context, dense, 3);
        Assert.True(IsSparse);
        Assert.Equal(TrainingTask.Get(task).Fit(_context, s_rows, 3).Bits(_context, s_fresh), ofDense.Bits(_context, s_fresh));
    }

    [Fact]
    public void RowsForNoise_AreDense_AndFindTheSame()
    {
        Fitted fitted = TrainingTask.Get("regression").Fit(_context, s_rows, 3, options => options.InputNoise = 0.1);
        Assert.False(IsSparse);
        Assert.Equal(s_telling, fitted.Selected);
    }

    [Fact]
    public void NoiseLeftOpen_IsNone_AndTheCountIsChosen()
    {
        Fitted fitted = TrainingTask.Get("regression").Fit(_context, s_rows, change: options => options.InputNoise = null);
        Assert.Superset(s_telling.ToHashSet(), fitted.Selected.ToHashSet());
        Assert.Contains(_log.Information, message => message.Contains("input noise 0, gate depth", StringComparison.Ordinal));
    }

    [Fact]
    public void AOneHotBlock_StaysOrGoesAsAWhole()
    {
        // Four categories of 100 values each; the second says it.
        var random = new Random(1);
        DataRow[] rows = [.. Enumerable.Range(0, 800).Select(_ =>
        {
            int[] slots = [.. Enumerable.Range(0, 4).Select(category => 100 * category + (int)(100 * Math.Pow(random.NextDouble(), 2)))];
            var row = DataRow.Create([], slots[1] % 3 - 1 + 0.1 * Planted.Gauss(random));
            row.Features = new VBuffer<float>(400, 4, [1, 1, 1, 1], slots);
            return row;
        })];
        IDataView data = DataRow.View(_context, rows, categoricalRanges: [0, 99, 100, 199, 200, 299, 300, 399]);
        Fitted fitted = TrainingTask.Get("regression").Fit(_context, data, 1, options => options.Groups = FeatureGroups.BySourceColumn);
        Assert.True(IsSparse);
        Assert.Equal(Enumerable.Range(100, 100).Except(fitted.Report.ConstantIndices), fitted.Selected);
    }

    [Fact]
    public void ANumberFarFromZeroAmongSparseSlots_IsCentred_AndFound()
    {
        var random = new Random(3);
        DataRow[] rows = [.. Planted.Words(300, Slots, seed: 3).Select(row =>
        {
            float year = 2000 + 5 * Planted.Gauss(random);
            int[] slots = [.. row.Features.Items().Select(item => item.Key), Slots];
            var dated = DataRow.Create([], (year - 2000) / 5);
            dated.Features = new VBuffer<float>(Slots + 1, slots.Length, [.. row.Features.Items().Select(item => item.Value), year], slots);
            return dated;
        })];
        Fitted fitted = TrainingTask.Get("regression").Fit(_context, rows, 1);
        Assert.True(IsSparse);
        Assert.Equal([Slots], fitted.Selected);
        Assert.InRange(TrainingTask.Get("regression").QualityOn(_context, fitted, rows), 0.9, 1);
    }

    [Fact]
    public void WhatAlwaysStays_Stays_AndWeightsCount()
    {
        string[] names = [.. Enumerable.Range(0, Slots).Select(slot => string.Create(CultureInfo.InvariantCulture, $"word{slot}"))];
        DataRow[] rows = Planted.Words(400, Slots, seed: 1);
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i].Weight = 1 + i % 3;
        }

        Fitted fitted = TrainingTask.Get("regression").Fit(_context, DataRow.View(_context, rows, names), 4, options =>
        {
            options.AlwaysKeep = ["word20"];
            options.ExampleWeightColumnName = "Weight";
            options.GroupWeights = new Dictionary<string, double> { ["word13"] = 0.5 };
        });
        Assert.True(IsSparse);
        Assert.Equal([7, 13, 20, 40], fitted.Selected);
    }

    [Fact]
    public void APath_IsFollowed_WithOneSplitAndWithFolds()
    {
        DGatingRegressionTrainer trainer = Regression();
        RegressionPath path = trainer.FitPath(DataRow.View(_context, s_rows));
        Assert.Equal(s_telling, path.Ranking.Take(3).Select(feature => feature.Index).Order());
        Assert.Equal(s_telling, new Fitted(path.At(3)).Selected);
        RegressionPath folds = trainer.FitPathCrossValidated(DataRow.View(_context, s_rows), folds: 2);
        Assert.Equal(s_telling, new Fitted(folds.At(3)).Selected);
        Assert.True(IsSparse);
    }

    [Fact]
    public void HalvesOfTheRows_FindTheSameWords()
    {
        RegressionStability stability = Regression().FitStability(DataRow.View(_context, s_rows), pairs: 2);
        Assert.Equal(s_telling, stability.StableFeatures(3).Select(feature => feature.Index).Order());
        Assert.Equal(s_telling, new Fitted(stability.ModelOf(3)).Selected);
    }

    [Fact]
    public void ASearch_LeavesTheNoiseOut_UnlessItIsAskedForIt()
    {
        RegressionSearch search = Regression(3).FitBest(DataRow.View(_context, s_rows), 3);
        Assert.True(IsSparse);
        Assert.All(search.Leaderboard.Trials, trial => Assert.DoesNotContain("noise", trial.Settings, StringComparison.Ordinal));
        Assert.Superset(s_telling.ToHashSet(), new Fitted(search.Transformer).Selected.ToHashSet());

        var other = new MLContext(seed: 1);
        var log = new MessageLog(other);
        DGatingSearchSpace noise = FitBestTests.Nothing with { InputNoise = [0, 0.3] };
        RegressionSearch asked = other.Regression.Trainers.DGating(Options(3)).FitBest(DataRow.View(other, s_rows), 2, space: noise);
        Assert.Equal(["as given", "noise 0.3"], asked.Leaderboard.Trials.Select(trial => trial.Settings).Order());
        Assert.DoesNotContain(log.Information, message => message.StartsWith("Rows are kept sparse: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Text_FeaturizedByMLNet_TellsByItsWords()
    {
        string[] filler =
            [.. Enumerable.Range(0, 400).Select(i => string.Create(CultureInfo.InvariantCulture, $"word{(char)('a' + i % 26)}{i}"))];
        var random = new Random(1);
        Review[] reviews = [.. Enumerable.Range(0, 400).Select(i => new Review
        {
            Flag = i % 2 == 0,
            Text = string.Join(' ', Words(8).Append(i % 2 == 0 ? "wonderful" : "dreadful")),
        })];
        IDataView data = _context.Data.LoadFromEnumerable(reviews);
        var options = new Microsoft.ML.Transforms.Text.TextFeaturizingEstimator.Options { CharFeatureExtractor = null };
        IDataView features = _context.Transforms.Text.FeaturizeText("Features", options, nameof(Review.Text)).Fit(data).Transform(data);
        Fitted fitted = TrainingTask.Get("binary").Fit(_context, features, 2);
        Assert.True(IsSparse);
        Assert.All(fitted.Report.SelectedNames, name => Assert.Matches("wonderful|dreadful", name));

        IEnumerable<string> Words(int count) => Enumerable.Range(0, count).Select(_ => filler[random.Next(filler.Length)]);
    }

    private DGatingRegressionTrainer Regression(int? count = null) => _context.Regression.Trainers.DGating(Options(count));

    private static DGatingRegressionTrainer.Options Options(int? count) =>
        (DGatingRegressionTrainer.Options)TrainingTask.Get("regression").Quick(count);

    private sealed class Review
    {
        public string Text { get; set; } = "";

        public bool Flag { get; set; }
    }
}
