using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Results;

/// <summary>Models whose numbers are read by intervals or embeddings are models like any other.</summary>
public class NumericEncodingTests
{
    private const int Slots = 5;

    private readonly MLContext _context = new(seed: 1);
    private readonly MessageLog _log;
    private readonly DataRow[] _rows = Steps(400, seed: 1), _fresh = Steps(300, seed: 2);

    public NumericEncodingTests() => _log = new MessageLog(_context);

    [Theory]
    [InlineData("binary", DGatingNumericEncoding.PiecewiseLinear)]
    [InlineData("multiclass", DGatingNumericEncoding.PiecewiseLinear)]
    [InlineData("binary", DGatingNumericEncoding.Embedding)]
    [InlineData("multiclass", DGatingNumericEncoding.Embedding)]
    [InlineData("regression", DGatingNumericEncoding.Embedding)]
    public void AFit_SelectsThePlantedFeatures_AndPredictsNewRows(string task, DGatingNumericEncoding encoding)
    {
        Fitted fitted = Fit(task, encoding);
        Assert.Equal([1, 3], fitted.Selected);
        Assert.InRange(TrainingTask.Get(task).QualityOn(_context, fitted, _fresh), 0.8, 1);
    }

    [Theory, AllTasks(DGatingNumericEncoding.PiecewiseLinear, DGatingNumericEncoding.Embedding)]
    public void SaveAndLoad_KeepsEveryBitOfTheScores(string task, DGatingNumericEncoding encoding)
    {
        Fitted fitted = Fit(task, encoding);
        Fitted loaded = fitted.SaveAndLoad(_context, DataRow.View(_context, _rows).Schema);
        Assert.Equal(fitted.Bits(_context, _fresh), loaded.Bits(_context, _fresh));
        Assert.Equal(fitted.Report.SelectedIndices, loaded.Report.SelectedIndices);
        Assert.Equal(fitted.FeatureWeights, loaded.FeatureWeights);
    }

    [Theory, AllTasks(DGatingNumericEncoding.PiecewiseLinear, DGatingNumericEncoding.Embedding)]
    public void Weights_AreFinite_AndAboveZeroOfWhatIsSelectedAlone(string task, DGatingNumericEncoding encoding)
    {
        Fitted fitted = Fit(task, encoding);
        Assert.All(fitted.FeatureWeights.Index(), weight =>
        {
            Assert.True(float.IsFinite(weight.Item));
            Assert.Equal(fitted.Selected.Contains(weight.Index), weight.Item > 0);
        });
        Assert.All(fitted.Report.Features, feature => Assert.Equal(feature.IsSelected, double.IsPositiveInfinity(feature.LambdaOut)));
    }

    [Theory, AllTasks(DGatingNumericEncoding.PiecewiseLinear, DGatingNumericEncoding.Embedding)]
    public void Explain_GivesContributionsThatAddUp(string task, DGatingNumericEncoding encoding)
    {
        Fitted fitted = Fit(task, encoding);
        IDataView data = DataRow.View(_context, _fresh);
        IEnumerable<ScoreExplanation> explanations = fitted.Model is DGatingModelParameters<float> scalar
            ? scalar.Explain(data)
            : ((DGatingModelParameters<VBuffer<float>>)fitted.Model).Explain(data);
        Assert.All(explanations, one => Assert.All(one.Scores.Index(), score =>
        {
            float[] slots = one.BySlot(score.Index);
            Assert.Equal(score.Item - one.ReferenceScores[score.Index], slots.Sum(), 1e-3f * (1 + slots.Sum(Math.Abs)));
            Assert.All(slots.Index().Where(slot => !fitted.Report.Support[slot.Index]), slot => Assert.Equal(0, slot.Item));
        }));
    }

    [Theory, AllTasks(DGatingNumericEncoding.PiecewiseLinear, DGatingNumericEncoding.Embedding)]
    public void MissingAndFarValues_AreScoredAsUsual(string task, DGatingNumericEncoding encoding)
    {
        Fitted fitted = Fit(task, encoding);
        int used = fitted.Selected[0], unused = fitted.Report.Support.ToArray().IndexOf(false);
        float[] Scores(float x, int slot) =>
            fitted.Scores(_context, [DataRow.Create([.. Enumerable.Range(0, Slots).Select(i => i == slot ? x : 0)], 0)]);
        Assert.All(Scores(float.NaN, used), score => Assert.True(float.IsFinite(score)));
        Assert.All(Scores(float.NaN, unused), score => Assert.True(float.IsFinite(score)));
        // Far outside of the training rows the linear column is clipped and every ramp is at an end.
        Assert.Equal(Scores(1e6f, used), Scores(1e9f, used));
    }

    [Fact]
    public void AnAdditivePart_IsThereAsAsked()
    {
        foreach (bool? part in (bool?[])[null, true, false])
        {
            Fitted fitted = Fit("binary", DGatingNumericEncoding.PiecewiseLinear, options => options.AdditivePart = part);
            Fitted loaded = fitted.SaveAndLoad(_context, DataRow.View(_context, _rows).Schema);
            Assert.Equal(fitted.Bits(_context, _fresh), loaded.Bits(_context, _fresh));
            Assert.InRange(TrainingTask.Get("binary").QualityOn(_context, fitted, _fresh), 0.85, 1);
        }

        Assert.Equal(
            Fit("binary", DGatingNumericEncoding.PiecewiseLinear).Bits(_context, _fresh),
            Fit("binary", DGatingNumericEncoding.PiecewiseLinear, options => options.AdditivePart = true).Bits(_context, _fresh));
    }

    [Theory, AllTasks(DGatingActivation.Relu, DGatingActivation.Tanh)]
    public void Embeddings_HaveTheActivationThatWasGiven(string task, DGatingActivation activation)
    {
        Fitted fitted = Fit(task, DGatingNumericEncoding.Embedding, options => options.Activation = activation);
        Assert.InRange(TrainingTask.Get(task).QualityOn(_context, fitted, _fresh), 0.8, 1);
    }

    [Fact]
    public void IntervalsOnSparseRows_AreLeftOut_WithTheReason()
    {
        DataRow[] words = [.. Planted.Words(300, 400, seed: 1)];
        TrainingTask.Get("regression").Fit(
            _context, words, 3,
            options =>
            {
                options.HiddenLayers = [DGatingDefaults.HiddenNeurons];
                options.NumericEncoding = DGatingNumericEncoding.PiecewiseLinear;
            });
        Assert.Contains(
            "NumericEncoding PiecewiseLinear is left out: it is for a label and dense rows, on the CPU.", _log.Warnings);
    }

    [Theory]
    [InlineData(DGatingNumericEncoding.Auto)]
    [InlineData(DGatingNumericEncoding.PiecewiseLinear)]
    [InlineData(DGatingNumericEncoding.Embedding)]
    public void Paths_Stability_Knockoffs_AndSearches_AcceptEveryEncoding(DGatingNumericEncoding encoding)
    {
        IDataView data = DataRow.View(_context, _rows), fresh = DataRow.View(_context, _fresh);
        var trainer = (DGatingBinaryTrainer)TrainingTask.Get("binary").Trainer(_context, null, Change);
        DGatingPath<BinaryPredictionTransformer<DGatingBinaryModelParameters>> path = trainer.FitPath(data);
        AssertGood(path.At(2));
        AssertGood(trainer.FitPathCrossValidated(data, folds: 3).At(2));
        AssertGood(trainer.FitStability(data, pairs: 3).ModelOf(2));
        DGatingKnockoffs<BinaryPredictionTransformer<DGatingBinaryModelParameters>> knockoffs = trainer.FitKnockoffs(data, 0.5);
        Assert.NotNull(knockoffs.ModelOf());
        var few = (DGatingBinaryTrainer)TrainingTask.Get("binary").Trainer(_context, 2, Change);
        AssertGood(few.FitBest(data, space: Tests.Search.FitBestTests.Nothing with { GateDepth = new(2, 4) }, trials: 2).Transformer);

        void Change(DGatingTrainerOptions options) =>
            (options.HiddenLayers, options.InputNoise, options.NumericEncoding) = ([DGatingDefaults.HiddenNeurons], 0, encoding);

        void AssertGood(BinaryPredictionTransformer<DGatingBinaryModelParameters> model)
        {
            Assert.Equal([1, 3], model.Model.FeatureSelection.SelectedIndices);
            Assert.InRange(_context.BinaryClassification.Evaluate(model.Transform(fresh), "Flag").Accuracy, 0.8, 1);
        }
    }

    private Fitted Fit(string task, DGatingNumericEncoding encoding, Action<DGatingTrainerOptions>? change = null) =>
        TrainingTask.Get(task).Fit(_context, _rows, 2, options =>
        {
            (options.HiddenLayers, options.NumericEncoding) = ([DGatingDefaults.HiddenNeurons], encoding);
            change?.Invoke(options);
        });

    // The label goes up and down in steps of one feature, and jumps with another.
    private static DataRow[] Steps(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            float[] features = [.. Enumerable.Range(0, Slots).Select(_ => Planted.Gauss(random))];
            double steps = features[1] < -0.7f ? -1 : features[1] < 0.2f ? 1.5 : -0.5;
            return DataRow.Create(features, steps + (features[3] > 0.3f ? 1 : -1) + 0.05 * Planted.Gauss(random) + 0.15);
        })];
    }
}
