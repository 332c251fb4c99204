using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Results;

/// <summary>Sparse additive models: curves of the features that matter, which add up to the score.</summary>
public class AdditiveModelTests
{
    private const int Slots = 20;

    // The setting of D-SNAM in the paper: 1,000 rows, 20 covariates, of which five have a curve. Each has about the variance 1.
    private static readonly Func<double, double>[] s_curves =
    [
        x => Math.Sqrt(2) * Math.Sin(3 * x),
        x => (x * x - 4.0 / 3) / 1.193,
        x => (Math.Abs(x) < 0.7 ? 1 : -0.538) / 0.733,
        x => (Math.Exp(x) - 1.813) / 1.826,
        x => Math.Tanh(4 * x) / 0.906,
    ];

    private readonly MLContext _context = new(seed: 1);
    private readonly MessageLog _log;

    public AdditiveModelTests() => _log = new MessageLog(_context);

    [Theory, AllTasks]
    public void OfTwentyCovariates_TheFiveWithCurvesAreFound_AndTheirCurvesAreTheTrueOnes(string task)
    {
        DataRow[] rows = Curves(1000, seed: 3);
        Fitted fitted = Fit(task, rows, null, options =>
        {
            options.LambdaGrowth = DGatingDefaults.LambdaGrowth;
            options.NumberOfDenseIterations = DGatingDefaults.NumberOfDenseIterations;
            options.NumberOfRefitIterations = DGatingDefaults.NumberOfRefitIterations;
        });
        Assert.Equal([0, 1, 2, 3, 4], fitted.Selected);
        Assert.True(fitted.Report.IsAdditive);
        foreach ((int slot, Func<double, double> curve) in s_curves.Index())
        {
            double[] xs = [.. Enumerable.Range(0, 100).Select(i => -1.9 + 3.8 * i / 99)];
            double[] found = [.. xs.Select(x => (double)CurveAt(fitted, $"Slot {slot}", (float)x))];
            // The classes of several are parts of the sum, so that the curve of one is not that of the sum.
            Assert.True(task == "multiclass" || Correlation(found, [.. xs.Select(curve)]) > 0.9);
        }
    }

    [Theory, AllTasks]
    public void Curves_AddUpToTheScore_BeforeAndAfterSaving(string task)
    {
        DataRow[] rows = WithMissing(Curves(300, seed: 1));
        Fitted fitted = Fit(task, rows, 5);
        Fitted loaded = fitted.SaveAndLoad(_context, DataRow.View(_context, rows).Schema);
        Assert.Equal(fitted.Bits(_context, rows), loaded.Bits(_context, rows));
        ScoreExplanation[] explanations = [.. Explain(fitted, rows).Take(50)];
        Assert.All(explanations.Zip(rows), pair => Assert.All(pair.First.Scores.Index(), score =>
        {
            float[] features = [.. pair.Second.Features.DenseValues()];
            double[] parts =
                [.. loaded.Selected.Select(slot => (double)loaded.Report.GetCurve($"Slot {slot}", score.Index).At(features[slot]))];
            double size = 1 + parts.Sum(Math.Abs);
            Assert.Equal(score.Item - pair.First.ReferenceScores[score.Index], parts.Sum(), 1e-4 * size);
            float[] contributions = pair.First.BySlot(score.Index);
            Assert.All(loaded.Selected.Zip(parts), one => Assert.Equal(contributions[one.First], one.Second, 1e-4 * size));
        }));
    }

    [Theory, AllTasks]
    public void NumericEncodingNone_GivesStraightLines(string task)
    {
        Fitted fitted = Fit(task, Curves(300, seed: 1), 5, options => options.NumericEncoding = DGatingNumericEncoding.None);
        Assert.All(fitted.Selected, slot => Assert.Equal(2, fitted.Report.GetCurve($"Slot {slot}").Points.Count));
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void SparseRows_HaveStraightLines_WithTheReason()
    {
        Fitted fitted = Fit("regression", [.. Planted.Words(300, 400, seed: 1)], 3);
        Assert.All(fitted.Selected, slot => Assert.InRange(fitted.Report.GetCurve($"Slot {slot}").Points.Count, 1, 2));
        Assert.Contains(
            "A curve for each number, instead of a straight line, is left out: " +
            "it is for a label and dense rows, on the CPU.", _log.Warnings);
    }

    [Fact]
    public void Paths_CrossValidation_Stability_Knockoffs_Ensembles_AndSearches_GiveAdditiveModels()
    {
        IDataView data = DataRow.View(_context, Curves(400, seed: 2));
        var trainer = (DGatingBinaryTrainer)TrainingTask.Get("binary").Trainer(_context, null, Set);
        AssertGood(trainer.FitPath(data).At(5));
        AssertGood(trainer.FitPathCrossValidated(data, folds: 3).At(5));
        AssertGood(trainer.FitStability(data, pairs: 3).ModelOf(5));
        Assert.NotNull(trainer.FitKnockoffs(data, 0.5).ModelOf());
        AssertGood(((DGatingBinaryTrainer)TrainingTask.Get("binary").Trainer(_context, 5, options =>
        {
            Set(options);
            options.EnsembleSize = 3;
        })).Fit(data));
        var few = (DGatingBinaryTrainer)TrainingTask.Get("binary").Trainer(_context, 5, Set);
        AssertGood(few.FitBest(data, trials: 2).Transformer);

        static void AssertGood(BinaryPredictionTransformer<DGatingBinaryModelParameters> model)
        {
            Assert.Equal([0, 1, 2, 3, 4], model.Model.FeatureSelection.SelectedIndices);
            Assert.NotEmpty(model.Model.GetCurve("Slot 0").Points);
        }
    }

    [Fact]
    public void ASearchOfLayers_IsRefused() => Assert.Contains(
        "HiddenLayers must be empty", Assert.Throws<ArgumentOutOfRangeException>(() =>
            ((DGatingBinaryTrainer)TrainingTask.Get("binary").Trainer(_context, 5, Set)).FitBest(
                DataRow.View(_context, Curves(100, seed: 2)), space: new DGatingSearchSpace())).Message, StringComparison.Ordinal);

    [Fact]
    public void ACertificate_SaysThatTheConvexOptimumIsReached()
    {
        Fitted fitted = Fit("regression", Curves(400, seed: 2), null, options =>
            (options.Lambda, options.ComputeCertificate, options.GateDepth) = (0.1, true, 2));
        Assert.Equal([0, 1, 2, 3, 4], fitted.Selected);
        Assert.True(fitted.Report.Certificate!.IsStationary, fitted.Report.Certificate.ToString());
    }

    [Fact]
    public void GoingOn_KeepsTheCurves_AndANetworkIsNoAdditiveModel()
    {
        DataRow[] rows = Curves(300, seed: 1), more = Curves(300, seed: 2);
        IDataView data = DataRow.View(_context, rows), others = DataRow.View(_context, more);
        var trainer = (DGatingRegressionTrainer)TrainingTask.Get("regression").Trainer(_context, 5, Set);
        RegressionPredictionTransformer<DGatingRegressionModelParameters> first = trainer.Fit(data);
        RegressionPredictionTransformer<DGatingRegressionModelParameters> second = trainer.Fit(others, first.Model);
        Assert.True(second.Model.FeatureSelection.IsAdditive);
        Assert.Equal(first.Model.FeatureSelection.SelectedIndices, second.Model.FeatureSelection.SelectedIndices);
        var network = (DGatingRegressionTrainer)TrainingTask.Get("regression").Trainer(_context, 5);
        string message = Assert.ThrowsAny<Exception>(() => trainer.Fit(others, network.Fit(data).Model)).Message;
        Assert.Contains("The previous model has hidden layers", message, StringComparison.Ordinal);
    }

    private Fitted Fit(string task, DataRow[] rows, int? count, Action<DGatingTrainerOptions>? change = null) =>
        TrainingTask.Get(task).Fit(_context, rows, count, options =>
        {
            Set(options);
            change?.Invoke(options);
        });

    private static void Set(DGatingTrainerOptions options) =>
        (options.HiddenLayers, options.Shape) = ([DGatingDefaults.HiddenNeurons], DGatingModelShape.Additive);

    private static float CurveAt(Fitted fitted, string feature, float x) => fitted.Model switch
    {
        DGatingModelParameters<float> scalar => scalar.GetCurve(feature).At(x),
        DGatingModelParameters<VBuffer<float>> vector => vector.GetCurve(feature, 2).At(x),
        _ => throw new InvalidOperationException(fitted.Model.GetType().Name),
    };

    private IEnumerable<ScoreExplanation> Explain(Fitted fitted, DataRow[] rows) => fitted.Model switch
    {
        DGatingModelParameters<float> scalar => scalar.Explain(DataRow.View(_context, rows)),
        DGatingModelParameters<VBuffer<float>> vector => vector.Explain(DataRow.View(_context, rows)),
        _ => throw new InvalidOperationException(fitted.Model.GetType().Name),
    };

    private static double Correlation(double[] x, double[] y)
    {
        double mx = x.Average(), my = y.Average();
        double xy = x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum();
        return xy / Math.Sqrt(x.Sum(a => (a - mx) * (a - mx)) * y.Sum(b => (b - my) * (b - my)));
    }

    private static DataRow[] WithMissing(DataRow[] rows)
    {
        foreach ((int i, DataRow row) in rows.Index())
        {
            float[] features = [.. row.Features.DenseValues()];
            features[i % 3] = i % 4 == 0 ? float.NaN : features[i % 3];
            row.Features = new VBuffer<float>(features.Length, features);
        }

        return rows;
    }

    private static DataRow[] Curves(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            float[] x = [.. Enumerable.Range(0, Slots).Select(_ => (float)(4 * random.NextDouble() - 2))];
            return DataRow.Create(x, s_curves.Select((curve, slot) => curve(x[slot])).Sum() + Planted.Gauss(random));
        })];
    }
}
