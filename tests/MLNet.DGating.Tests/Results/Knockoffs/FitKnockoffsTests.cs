using Microsoft.ML;

namespace MLNet.DGating.Tests.Results.Knockoffs;

public class FitKnockoffsTests
{
    private const int Slots = 20, Relevant = 8;
    private const double Rate = 0.3;

    private static readonly int[] s_planted = [.. Enumerable.Range(0, Relevant)];
    private static readonly MLContext s_context = new(seed: 1);

    // The last slot is constant.
    private static readonly DataRow[] s_rows =
        [.. Planted.Linear(300, Slots, Relevant, seed: 3).Select(row => row.With([.. row.Values[..^1], 5f]))];
    private static readonly string[] s_names = [.. Enumerable.Range(0, Slots).Select(slot => $"f{slot}")];
    private static readonly Lazy<RegressionKnockoffs> s_knockoffs =
        new(() => Regression(s_context).FitKnockoffs(DataRow.View(s_context, s_rows, s_names), Rate, draws: 2));
    private static readonly Lazy<RegressionKnockoffs> s_nothing =
        new(() => Regression(s_context).FitKnockoffs(DataRow.View(s_context, s_rows, s_names), 0.01));

    [Fact]
    public void ThePlantedFeatures_AreSelected_TheSurestFirst()
    {
        RegressionKnockoffs knockoffs = s_knockoffs.Value;
        Assert.Equal((Rate, 2, Slots), (knockoffs.FalseDiscoveryRate, knockoffs.Draws, knockoffs.Features.Count));
        Assert.Superset(s_planted.ToHashSet(), knockoffs.SelectedFeatures.Select(feature => feature.Index).ToHashSet());
        Assert.InRange(knockoffs.SelectedFeatures.Count, Relevant, Relevant + 3);
        Assert.Equal(knockoffs.SelectedFeatures.OrderByDescending(feature => feature.EValue), knockoffs.SelectedFeatures);
        Assert.Equal(knockoffs.Features.Where(feature => feature.IsSelected).Order(ByIndex), knockoffs.SelectedFeatures.Order(ByIndex));
        Assert.Equal("f3", knockoffs.Features[3].Name);
        Assert.All(s_planted, feature => Assert.Equal(1, knockoffs.Features[feature].Frequency));
    }

    [Fact]
    public void AConstantFeature_IsNeverSelected()
    {
        KnockoffFeature constant = s_knockoffs.Value.Features[^1];
        Assert.Equal((0, 0, false, false), (constant.EValue, constant.Frequency, constant.IsSelected, constant.IsAlwaysKept));
    }

    [Fact]
    public void AModel_ReadsExactlyTheSelectedFeatures_AndKnowsTheFrequencies()
    {
        var fitted = new Fitted(s_knockoffs.Value.ModelOf());
        Assert.Equal(s_knockoffs.Value.SelectedFeatures.Select(feature => feature.Index).Order(), fitted.Selected);
        Assert.Equal(s_knockoffs.Value.Features.Select(feature => feature.Frequency), fitted.Report.Frequency);
        IDataView data = DataRow.View(s_context, s_rows);
        Assert.InRange(s_context.Regression.Evaluate(fitted.Transformer.Transform(data), "Target").RSquared, 0.9, 1);

        Fitted loaded = fitted.SaveAndLoad(s_context, data.Schema);
        Assert.Equal(fitted.Bits(s_context, s_rows), loaded.Bits(s_context, s_rows));
    }

    [Fact]
    public void WhereNothingIsSelected_TheResultSaysHowManyWouldBeTheLeast()
    {
        Assert.Empty(s_nothing.Value.SelectedFeatures);
        Assert.Equal(100, s_nothing.Value.LeastFeatureCount);
        const string Said = "No feature is selected. With a false discovery rate of 0.01 there are at least 100 or none, and fewer stand " +
            "out from their knockoffs clearly enough. Give a larger rate, or more rows.";
        Assert.Equal(Said, s_nothing.Value.Summary);
        Assert.EndsWith(Said + Environment.NewLine, s_nothing.Value.ToString(), StringComparison.Ordinal);
        Assert.Equal(Said, Assert.Throws<InvalidOperationException>(() => s_nothing.Value.ModelOf()).Message);
    }

    [Theory, InlineData(0.1, 10), InlineData(0.2, 5), InlineData(0.3, 4), InlineData(0.07, 15)]
    public void TheLeastCount_IsOneOverTheRate(double rate, int least) =>
        Assert.Equal(least, new RegressionKnockoffs([], rate, 1, (_, _, _) => null!).LeastFeatureCount);

    [Fact]
    public void ToString_MarksTheSelectedFeatures()
    {
        string[] lines = s_knockoffs.Value.ToString().TrimEnd().Split(Environment.NewLine);
        int selected = s_knockoffs.Value.SelectedFeatures.Count;
        Assert.Equal("20 features against their knockoffs, drawn 2 times, with a false discovery rate of 0.3.", lines[0]);
        Assert.Equal("  Feature  E-value  Frequency", lines[1]);
        Assert.All(lines[2..(2 + selected)], line => Assert.Matches(@"^  f\d+ +\d+\.\d +\d\.\d\d  selected$", line));
        Assert.Equal($"{selected} features are selected; of these a share of 0.3 is expected to say nothing new.", lines[^1]);
    }

    [Fact]
    public void AFeatureThatAlwaysStays_HasNoKnockoff_AndIsInTheModel()
    {
        DGatingRegressionTrainer trainer = Regression(s_context, options => options.AlwaysKeep = ["f1", "f15"]);
        RegressionKnockoffs knockoffs = trainer.FitKnockoffs(DataRow.View(s_context, s_rows, s_names), Rate);
        Assert.All((int[])[1, 15], feature => Assert.Equal(
            (0, 1, false, true),
            (knockoffs.Features[feature].EValue, knockoffs.Features[feature].Frequency,
                knockoffs.Features[feature].IsSelected, knockoffs.Features[feature].IsAlwaysKept)));
        Assert.Contains("always kept", knockoffs.ToString(), StringComparison.Ordinal);
        int[] expected = [.. knockoffs.SelectedFeatures.Select(feature => feature.Index).Concat([1, 15]).Order()];
        Assert.Equal(expected, knockoffs.ModelOf().Model.FeatureSelection.SelectedIndices);
    }

    [Fact]
    public void OneHotSlots_AreOneFeature()
    {
        var random = new Random(1);
        DataRow[] rows = [.. s_rows.Select(row =>
        {
            int category = random.Next(3);
            DataRow with = row.With([.. row.Values[..^1], category == 0 ? 1 : 0, category == 1 ? 1 : 0, category == 2 ? 1 : 0]);
            with.Target += 2 * category;
            return with;
        })];
        IDataView data = DataRow.View(s_context, rows, categoricalRanges: [Slots - 1, Slots + 1]);
        RegressionKnockoffs knockoffs = Regression(s_context).FitKnockoffs(data, Rate);
        Assert.Equal([Slots - 1, Slots, Slots + 1], knockoffs.Features[Slots - 1].Slots);
        Assert.True(knockoffs.Features[Slots - 1].IsSelected);
    }

    [Theory, AllTasks]
    public void AnyNumberOfThreads_GivesTheSame_AndAnotherSeedAnother(string task)
    {
        DGatingKnockoffs one = Run(1, 4, 0.4);
        Assert.Equal(one.Features.Select(Values), Run(2, 4, 0.4).Features.Select(Values));
        Assert.NotEqual(one.Features.Select(Values), Run(2, 5, 0.4).Features.Select(Values));

        (double, double) Values(KnockoffFeature feature) => (feature.EValue, feature.Frequency);

        DGatingKnockoffs Run(int threads, int seed, double rate)
        {
            var context = new MLContext(seed);
            IDataView data = DataRow.View(context, s_rows[..80]);
            IEstimator<ITransformer> trainer =
                TrainingTask.Get(task).Trainer(context, change: options => options.NumberOfThreads = threads);
            return trainer switch
            {
                DGatingBinaryTrainer binary => binary.FitKnockoffs(data, rate, 3),
                DGatingMulticlassTrainer multiclass => multiclass.FitKnockoffs(data, rate, 3),
                _ => ((DGatingRegressionTrainer)trainer).FitKnockoffs(data, rate, 3),
            };
        }
    }

    [Fact]
    public void SparseRows_SelectWhatTheSameRowsSelectDense()
    {
        DataRow[] rows = Planted.Words(120, 300, seed: 1), dense = [.. rows.Select(row => row.With(row.Values))];
        DGatingRegressionTrainer trainer = Regression(s_context);
        Assert.Equal(
            trainer.FitKnockoffs(DataRow.View(s_context, dense), Rate).Features.Select(feature => feature.EValue),
            trainer.FitKnockoffs(DataRow.View(s_context, rows), Rate).Features.Select(feature => feature.EValue));
    }

    [Fact]
    public void WhatCannotBe_IsSaid()
    {
        Assert.All((double[])[0, 1, -0.1, double.NaN], rate => Assert.Equal(
            FormattableString.Invariant(
                $"The false discovery rate must be above 0 and below 1, such as 0.1, but was {rate}. (Parameter 'falseDiscoveryRate')"),
            Message(trainer => trainer.FitKnockoffs(DataRow.View(s_context, s_rows), rate))));
        Assert.Equal("Knockoffs must be drawn at least once, but draws was 0. (Parameter 'draws')",
            Message(trainer => trainer.FitKnockoffs(DataRow.View(s_context, s_rows), 0.1, 0)));
        Assert.Equal("Knockoffs need at least 50 rows to imitate how features vary together, but there are 49. "
            + "Use FitStability for so few. (Parameter 'data')",
            Message(trainer => trainer.FitKnockoffs(DataRow.View(s_context, s_rows[..49]))));
        Assert.Equal("AlwaysKeep names all features that vary, so there is nothing to select. Name fewer. (Parameter 'AlwaysKeep')",
            Message(
                trainer => trainer.FitKnockoffs(DataRow.View(s_context, s_rows, s_names)), options => options.AlwaysKeep = s_names[..^1]));

        static string Message(Action<DGatingRegressionTrainer> fit, Action<DGatingTrainerOptions>? change = null) =>
            Assert.ThrowsAny<ArgumentException>(() => fit(Regression(s_context, change))).Message;
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
        });
        OperationCanceledException error =
            Assert.Throws<OperationCanceledException>(() => trainer.FitKnockoffs(DataRow.View(s_context, s_rows)));
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.Throws<OperationCanceledException>(() => s_knockoffs.Value.ModelOf(source.Token));
    }

    private static Comparer<KnockoffFeature> ByIndex { get; } =
        Comparer<KnockoffFeature>.Create((first, second) => first.Index.CompareTo(second.Index));

    private static DGatingRegressionTrainer Regression(MLContext context, Action<DGatingTrainerOptions>? change = null) =>
        (DGatingRegressionTrainer)TrainingTask.Get("regression").Trainer(context, change: change);
}
