using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Results;

/// <summary>Additive models with functions of pairs of features, which say what curves cannot.</summary>
public class PairModelTests
{
    private const int Slots = 8;

    private readonly MLContext _context = new(seed: 1);
    private readonly MessageLog _log;

    public PairModelTests() => _log = new MessageLog(_context);

    [Theory, AllTasks]
    public void Products_AreFound_AndMakeTheModelBetter(string task)
    {
        DataRow[] rows = Products(1500, seed: 3), test = Products(1000, seed: 4);
        Fitted curves = Fit(task, rows, null, options => options.Shape = DGatingModelShape.Additive);
        Fitted pairs = Fit(task, rows, null);
        Assert.Equal((0, 1), Indices(pairs.Report.Pairs[0]));
        Assert.False(pairs.Report.IsAdditive);
        double gain = TrainingTask.Get(task).QualityOn(_context, pairs, test) - TrainingTask.Get(task).QualityOn(_context, curves, test);
        Assert.True(gain > 0.04, $"{gain}");
    }

    [Theory, AllTasks]
    public void CurvesAndSurfaces_AddUpToTheScore_BeforeAndAfterSaving(string task)
    {
        DataRow[] rows = WithMissing(Products(400, seed: 1));
        Fitted fitted = Fit(task, rows, 3, options => options.MaximumPairCount = 3);
        Fitted loaded = fitted.SaveAndLoad(_context, DataRow.View(_context, rows).Schema);
        Assert.Equal(fitted.Bits(_context, rows), loaded.Bits(_context, rows));
        Assert.Equal(3, loaded.Report.Pairs.Count);
        Assert.Equal(fitted.Report.Pairs.Select(pair => pair.ToString()), loaded.Report.Pairs.Select(pair => pair.ToString()));
        Assert.All(Explain(fitted, rows).Take(60).Zip(rows), one => Assert.All(one.First.Scores.Index(), score =>
        {
            float[] x = one.Second.Values;
            double[] curves =
                [.. loaded.Selected.Select(slot => (double)loaded.Report.GetCurve($"Slot {slot}", score.Index).At(x[slot]))];
            double[] surfaces = [.. loaded.Report.Pairs.Select(pair => (double)Surface(loaded, pair, score.Index)
                .At(x[pair.First.Index], x[pair.Second.Index]))];
            double size = 1 + curves.Concat(surfaces).Sum(Math.Abs), rest = score.Item - one.First.ReferenceScores[score.Index];
            Assert.Equal(rest, curves.Sum() + surfaces.Sum(), 1e-4 * size);
            Assert.Equal(rest, one.First.BySlot(score.Index).Sum(part => (double)part), 1e-4 * size);

            // Curves and pairs are apart by term, and half of a pair is with each of its features by feature.
            IReadOnlyList<TermContribution> terms = one.First.ByTerm(score.Index);
            Assert.Equal(rest, terms.Sum(term => (double)term.Contribution), 1e-4 * size);
            Assert.All(loaded.Selected.Zip(curves), curve =>
                Assert.Equal(terms.Single(term => term.Name == $"Slot {curve.First}").Contribution, curve.Second, 1e-4 * size));
            Assert.All(loaded.Report.Pairs.Zip(surfaces), surface =>
                Assert.Equal(terms.Single(term => term.Name == surface.First.Name).Contribution, surface.Second, 1e-4 * size));
            Assert.All(loaded.Selected.Zip(curves), curve =>
            {
                double halves = loaded.Report.Pairs.Zip(surfaces).Where(pair => IsIn(curve.First, pair.First)).Sum(pair => pair.Second / 2);
                Assert.Equal(curve.Second + halves, one.First.ByFeature(score.Index)[curve.First].Contribution, 1e-4 * size);
            });
        }));
    }

    [Fact]
    public void ASurface_TakesNothingFromTheCurves()
    {
        DataRow[] rows = Products(800, seed: 2);
        Fitted fitted = Fit("regression", rows, 4, options => options.MaximumPairCount = 2);
        Assert.All(fitted.Report.Pairs, pair =>
        {
            FeatureSurface surface = Surface(fitted, pair, 0);
            float[][] features = [.. rows.Select(row => row.Values)];
            double[] values = [.. features.Select(x => (double)surface.At(x[pair.First.Index], x[pair.Second.Index]))];
            Assert.Equal(0, values.Average(), 1e-4 * pair.Strength);
            Assert.Equal(pair.Strength, Math.Sqrt(values.Average(value => value * value)), 1e-3 * pair.Strength);
            // Half of the rows on either side of one feature have the mean 0, too.
            double ofLow = features.Zip(values).Where(one => one.First[pair.First.Index] < 0).Average(one => one.Second);
            Assert.Equal(0, ofLow, 0.05 * pair.Strength);
        });
    }

    [Fact]
    public void ASurface_HasTheValuesAtItsPoints_InEitherOrder()
    {
        Fitted fitted = Fit("regression", Products(500, seed: 2), 3, options => options.MaximumPairCount = 1);
        FeaturePair pair = fitted.Report.Pairs.Single();
        FeatureSurface surface = Surface(fitted, pair, 0);
        FeatureSurface turned = fitted.Report.GetSurface(pair.Second.Name, pair.First.Name);
        Assert.InRange(surface.Rows.Count, 3, 9);
        for (int row = 0; row < surface.Rows.Count; row++)
        {
            for (int column = 0; column < surface.Columns.Count; column++)
            {
                (float x, float y) = (surface.Rows[row].X, surface.Columns[column].X);
                Assert.Equal(surface[row, column], surface.At(x, y), 1e-4f);
                Assert.Equal(surface[row, column], turned[column, row]);
                Assert.Equal(surface[row, column], turned.At(y, x), 1e-4f);
            }
        }

        Assert.Equal(surface[0, 0], surface.At(float.MinValue, float.MinValue), 1e-4f);
    }

    [Fact]
    public void ACategory_HasAPointForEachOfItsValues()
    {
        DataRow[] rows = Categories(1200, seed: 1);
        IDataView data = Named(rows);
        RegressionPredictionTransformer<DGatingRegressionModelParameters> fitted = Trainer("regression", null).Fit(data);
        FeaturePair pair = fitted.Model.FeatureSelection.Pairs[0];
        Assert.Equal("Color × Slot 3", pair.Name);
        FeatureSurface surface = fitted.Model.GetSurface("Slot 3", "Color");
        Assert.Equal(["red", "green", "blue"], surface.Columns.Select(point => point.Name));
        // Of red the slope is 1, of blue −1: their mean is in the curve.
        float[] rises = [.. Enumerable.Range(0, 3).Select(column => surface[surface.Rows.Count - 1, column] - surface[0, column])];
        Assert.True(rises[0] > 2 && Math.Abs(rises[1]) < 1 && rises[2] < -2, string.Join(", ", rises));
        Assert.Contains("has 3 slots", Assert.Throws<InvalidOperationException>(() => surface.At(0, 1)).Message, StringComparison.Ordinal);
        Assert.All(fitted.Model.Explain(data).Take(50), explanation => Assert.Equal(
            explanation.Scores[0] - explanation.ReferenceScores[0], explanation.ByTerm().Sum(term => (double)term.Contribution), 1e-3));
    }

    [Fact]
    public void StrongHeredity_HasPairsOfCurvesAlone_AndWeakOnesBringAFeature()
    {
        DataRow[] rows = Products(2000, seed: 5);
        Fitted strong = Fit("regression", rows, null), weak = Fit("regression", rows, null, options =>
            options.PairHeredity = DGatingPairHeredity.Weak);
        Assert.Equal([(0, 1)], strong.Report.Pairs.Select(Indices));
        Assert.Equal([0, 1, 2, 3], strong.Selected);
        Assert.Contains((2, 5), weak.Report.Pairs.Select(Indices));
        Assert.Contains(5, weak.Selected);
        // Feature 5 has no curve of its own.
        Assert.All(weak.Report.GetCurve("Slot 5").Points, point => Assert.Equal(0, point.Y));
        Assert.True(weak.Report.Features[5].Importance > 0);
        // Features 6 and 7 have no curve, and are no pair by either.
        Assert.DoesNotContain((6, 7), weak.Report.Pairs.Select(Indices));
    }

    [Theory, AllTasks]
    public void WithoutInteractions_ThereAreNoPairs(string task)
    {
        var random = new Random(8);
        DataRow[] rows = [.. Enumerable.Range(0, 1000).Select(_ =>
        {
            float[] x = Uniforms(random);
            return DataRow.Create(x, x[0] + Math.Sin(2 * x[1]) + x[2] * x[2] - 1 + Planted.Gauss(random));
        })];
        Fitted fitted = Fit(task, rows, null);
        Assert.Empty(fitted.Report.Pairs);
        Assert.True(fitted.Report.IsAdditive);
    }

    [Fact]
    public void PairsAskedForNone_GiveTheAdditiveModel()
    {
        DataRow[] rows = Products(300, seed: 1);
        Assert.Equal(
            Fit("binary", rows, 3, options => options.Shape = DGatingModelShape.Additive).Bits(_context, rows),
            Fit("binary", rows, 3, options => options.MaximumPairCount = 0).Bits(_context, rows));
    }

    [Fact]
    public void TheSameSeed_GivesTheSameBits_WhateverTheThreads()
    {
        DataRow[] rows = Products(600, seed: 1);
        byte[] one = Fit("binary", rows, null).Bits(_context, rows);
        Assert.Equal(one, Fit("binary", rows, null).Bits(_context, rows));
        Assert.Equal(one, Fit("binary", rows, null, options => options.NumberOfThreads = 3).Bits(_context, rows));
    }

    [Fact]
    public void ValidationRows_Lambda_AndMembers_HavePairsToo()
    {
        DataRow[] rows = Products(1000, seed: 1);
        IDataView data = DataRow.View(_context, rows), validation = DataRow.View(_context, Products(500, seed: 2));
        Assert.Equal((0, 1), Indices(Trainer("regression", null).Fit(data, validation).Model.FeatureSelection.Pairs[0]));
        Assert.Equal((0, 1), Indices(Fit("regression", rows, null, options => options.Lambda = 0.03).Report.Pairs[0]));
        Assert.Equal((0, 1), Indices(Fit("regression", rows, 4, options =>
            (options.MaximumPairCount, options.EnsembleSize) = (1, 2)).Report.Pairs.Single()));
    }

    [Fact]
    public void WhatHasNoPairs_IsRefused()
    {
        IDataView data = DataRow.View(_context, Products(300, seed: 1));
        DGatingRegressionTrainer trainer = Trainer("regression", 3);
        RegressionPredictionTransformer<DGatingRegressionModelParameters> fitted = Trainer("regression", 3, options =>
            options.MaximumPairCount = 1).Fit(data);
        (string Method, Action Call)[] calls =
        [
            ("FitPath", () => trainer.FitPath(data)), ("FitPathCrossValidated", () => trainer.FitPathCrossValidated(data)),
            ("FitStability", () => trainer.FitStability(data)), ("FitKnockoffs", () => trainer.FitKnockoffs(data)),
            ("FitBest", () => trainer.FitBest(data)), ("A fit that goes on from a model", () => trainer.Fit(data, fitted.Model)),
        ];
        Assert.All(calls, one => Assert.Contains(
            $"{one.Method} has no pairs of features, but Shape was AdditiveWithPairs. " +
            "Use Fit without a previous model, or set Shape to Additive.",
            Assert.ThrowsAny<Exception>(one.Call).Message, StringComparison.Ordinal));
        var additive = (DGatingRegressionTrainer)TrainingTask.Get("regression").Trainer(_context, 3);
        Assert.Contains(
            "The previous model has 1 pairs of features beside its curves, and cannot be trained on.",
            Assert.ThrowsAny<Exception>(() => additive.Fit(data, fitted.Model)).Message, StringComparison.Ordinal);
        DGatingRegressionTrainer ofFew = Trainer("regression", 3, options => options.MaximumRowMemory = 2000);
        IDataView many = DataRow.View(_context, Products(5000, seed: 1));
        Assert.Contains(
            "The rows do not fit in memory, but pairs of features are chosen on rows in memory.",
            Assert.ThrowsAny<Exception>(() => ofFew.Fit(many)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APairThatIsNotThere_IsNamed()
    {
        DataRow[] rows = Products(300, seed: 1);
        Fitted pairs = Fit("regression", rows, 3, options => options.MaximumPairCount = 1);
        Assert.Contains(
            "There is no pair of 'Slot 0' and 'Slot 7'. Pairs has those that were selected.",
            Assert.Throws<ArgumentException>(() => pairs.Report.GetSurface("Slot 0", "Slot 7")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Surface(pairs, pairs.Report.Pairs[0], 1));
        Fitted curves = Fit("regression", rows, 3, options => options.Shape = DGatingModelShape.Additive);
        Assert.Contains(
            "The model has no pairs.",
            Assert.Throws<ArgumentException>(() => curves.Report.GetSurface("Slot 0", "Slot 1")).Message, StringComparison.Ordinal);
        Fitted network = TrainingTask.Get("regression").Fit(_context, rows, 3);
        Assert.Throws<InvalidOperationException>(() => network.Report.GetSurface("Slot 0", "Slot 1"));
        Assert.Throws<InvalidOperationException>(() => Explain(network, rows).First().ByTerm());
        Assert.Empty(network.Report.Pairs);
    }

    [Fact]
    public void ThePairs_AreInTheTableOfTheReport()
    {
        FeatureSelectionReport report = Fit("regression", Products(600, seed: 1), 3, options => options.MaximumPairCount = 1).Report;
        Assert.Contains($"  Pair {report.Pairs.Single()}", report.ToString(), StringComparison.Ordinal);
    }

    private Fitted Fit(string task, DataRow[] rows, int? count, Action<DGatingTrainerOptions>? change = null) =>
        new(((IEstimator<ITransformer>)TrainerOf(task, count, change)).Fit(DataRow.View(_context, rows)));

    private DGatingRegressionTrainer Trainer(string task, int? count, Action<DGatingTrainerOptions>? change = null) =>
        (DGatingRegressionTrainer)TrainerOf(task, count, change);

    private object TrainerOf(string task, int? count, Action<DGatingTrainerOptions>? change) =>
        TrainingTask.Get(task).Trainer(_context, count, options =>
        {
            (options.HiddenLayers, options.Shape) = ([DGatingDefaults.HiddenNeurons], DGatingModelShape.AdditiveWithPairs);
            (options.NumberOfDenseIterations, options.NumberOfRefitIterations) = (20, 40);
            change?.Invoke(options);
        });

    private IEnumerable<ScoreExplanation> Explain(Fitted fitted, DataRow[] rows) => fitted.Model switch
    {
        DGatingModelParameters<float> scalar => scalar.Explain(DataRow.View(_context, rows)),
        DGatingModelParameters<VBuffer<float>> vector => vector.Explain(DataRow.View(_context, rows)),
        _ => throw new InvalidOperationException(fitted.Model.GetType().Name),
    };

    private static FeatureSurface Surface(Fitted fitted, FeaturePair pair, int output) =>
        fitted.Report.GetSurface(pair.First.Name, pair.Second.Name, output);

    private static (int First, int Second) Indices(FeaturePair pair) => (pair.First.Index, pair.Second.Index);

    private static bool IsIn(int feature, FeaturePair pair) => pair.First.Index == feature || pair.Second.Index == feature;

    private static float[] Uniforms(Random random) => [.. Enumerable.Range(0, Slots).Select(_ => (float)(4 * random.NextDouble() - 2))];

    // Four curves, and products: of two of their features, of one of them with another feature, and of two others.
    private static DataRow[] Products(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            float[] x = Uniforms(random);
            double curves = x[0] + Math.Sin(2 * x[1]) + x[2] - x[3];
            double products = 1.5 * x[0] * x[1] + 0.8 * x[2] * x[5] + 0.3 * x[6] * x[7];
            return DataRow.Create(x, (curves + products + 0.5 * Planted.Gauss(random)) / 2);
        })];
    }

    private static DataRow[] WithMissing(DataRow[] rows)
    {
        foreach ((int i, DataRow row) in rows.Index())
        {
            float[] features = row.Values;
            features[i % 3] = i % 4 == 0 ? float.NaN : features[i % 3];
            row.Features = new VBuffer<float>(features.Length, features);
        }

        return rows;
    }

    // Three colors, and a number whose slope they decide.
    private static DataRow[] Categories(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            float[] x = Uniforms(random);
            int color = random.Next(3);
            (x[0], x[1], x[2]) = (color == 0 ? 1 : 0, color == 1 ? 1 : 0, color == 2 ? 1 : 0);
            return DataRow.Create(x, color + x[3] * (1 - color) + x[3] + 0.3 * Planted.Gauss(random));
        })];
    }

    private IDataView Named(DataRow[] rows)
    {
        string[] names = ["Color.red", "Color.green", "Color.blue", .. Enumerable.Range(3, Slots - 3).Select(slot => $"Slot {slot}")];
        return DataRow.View(_context, rows, names, [0, 2]);
    }
}
