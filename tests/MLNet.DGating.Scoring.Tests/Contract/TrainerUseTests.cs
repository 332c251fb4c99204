using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Scoring.Tests.Contract;

/// <summary>Tests that what users do with a built-in trainer works with one from outside.</summary>
public class TrainerUseTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly IDataView _data;

    public TrainerUseTests() => _data = _context.Data.LoadFromEnumerable(ContractRow.Create(300, seed: 1));

    [Fact]
    public void CrossValidate_Works()
    {
        Assert.All(_context.BinaryClassification.CrossValidate(_data, ContractTask.Get("binary").Pipeline(_context), 3, "Flag"),
            fold => Assert.InRange(fold.Metrics.Accuracy, 0.7, 1));
        Assert.All(_context.MulticlassClassification.CrossValidate(_data, ContractTask.Get("multiclass").Pipeline(_context), 3, "Kind"),
            fold => Assert.InRange(fold.Metrics.MicroAccuracy, 0.6, 1));
        Assert.All(_context.Regression.CrossValidate(_data, ContractTask.Get("regression").Pipeline(_context), 3, "Target"),
            fold => Assert.InRange(fold.Metrics.RSquared, 0.7, 1));
    }

    [Fact]
    public void PredictionEngine_ScoresOneRow()
    {
        ContractRow row = ContractRow.Create(1, seed: 9)[0];
        ITransformer binary = ContractTask.Get("binary").Pipeline(_context).Fit(_data);
        BinaryPrediction prediction = _context.Model.CreatePredictionEngine<ContractRow, BinaryPrediction>(binary).Predict(row);
        Assert.Equal(prediction.Score > 0, prediction.PredictedLabel);
        Assert.Equal(1 / (1 + Math.Exp(-prediction.Score)), prediction.Probability, 1e-6);

        ITransformer regression = ContractTask.Get("regression").Pipeline(_context).Fit(_data);
        Assert.Equal(row.Target, _context.Model.CreatePredictionEngine<ContractRow, BinaryPrediction>(regression).Predict(row).Score, 1.5f);
    }

    [Fact]
    public void PermutationFeatureImportance_IsZeroForADroppedSlot()
    {
        IDataView data = ContractRow.Pipeline(_context).Fit(_data).Transform(_data);
        BinaryPredictionTransformer<DGatingBinaryModelParameters> binary =
            Fit<BinaryPredictionTransformer<DGatingBinaryModelParameters>>("binary");
        ImmutableDictionary<string, BinaryClassificationMetricsStatistics> byBinary =
            _context.BinaryClassification.PermutationFeatureImportanceNonCalibrated(binary, data, "Flag");
        Assert.Equal(0, byBinary["Three"].Accuracy.Mean);
        Assert.True(byBinary["One"].Accuracy.Mean < 0);

        ITransformer regression = Fit<RegressionPredictionTransformer<DGatingRegressionModelParameters>>("regression");
        ImmutableDictionary<string, RegressionMetricsStatistics> byRegression =
            _context.Regression.PermutationFeatureImportance(regression, data, "Target");
        Assert.Equal(0, byRegression["Three"].RSquared.Mean);
        Assert.True(byRegression["One"].RSquared.Mean < 0);

        ITransformer multiclass = Fit<MulticlassPredictionTransformer<DGatingMulticlassModelParameters>>("multiclass");
        ImmutableDictionary<string, MulticlassClassificationMetricsStatistics> byMulticlass =
            _context.MulticlassClassification.PermutationFeatureImportance(multiclass, data, "Kind");
        Assert.Equal(0, byMulticlass["Three"].MicroAccuracy.Mean);
        Assert.True(byMulticlass["One"].MicroAccuracy.Mean < 0);

        T Fit<T>(string task) => (T)ContractTask.Get(task).Trainer(_context).Fit(data);
    }

    [Fact]
    public void Transform_WithNaN_GivesNaNOnlyWhereTheSlotIsSelected()
    {
        ITransformer model = ContractTask.Get("binary").Pipeline(_context).Fit(_data);
        PredictionEngine<ContractRow, BinaryPrediction> engine =
            _context.Model.CreatePredictionEngine<ContractRow, BinaryPrediction>(model);
        Assert.False(float.IsNaN(engine.Predict(new ContractRow { Color = "red", Three = float.NaN }).Score));
        BinaryPrediction missing = engine.Predict(new ContractRow { Color = "red", One = float.NaN });
        Assert.True(float.IsNaN(missing.Score) && float.IsNaN(missing.Probability));
        Assert.False(missing.PredictedLabel);
    }

    private sealed class BinaryPrediction
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }
    }
}
