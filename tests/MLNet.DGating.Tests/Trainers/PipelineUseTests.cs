using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Trainers;

/// <summary>What users do with a built-in trainer.</summary>
public class PipelineUseTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly IDataView _data;

    public PipelineUseTests() => _data = _context.Data.LoadFromEnumerable(ContractRow.Create(400, seed: 1));

    [Theory, AllTasks]
    public void Evaluate_FindsTheColumnsAndAGoodModel(string task)
    {
        IDataView test = _context.Data.LoadFromEnumerable(ContractRow.Create(200, seed: 2));
        Assert.InRange(TrainingTask.Get(task).Quality(_context, Pipeline(task).Fit(_data).Transform(test)), 0.85, 1);
    }

    [Fact]
    public void CrossValidate_OfEveryTask_GivesGoodModels()
    {
        Assert.All(
            _context.BinaryClassification.CrossValidate(_data, Pipeline("binary"), 3, "Flag"),
            fold => Assert.InRange(fold.Metrics.Accuracy, 0.85, 1));
        Assert.All(
            _context.MulticlassClassification.CrossValidate(_data, Pipeline("multiclass"), 3, "Kind"),
            fold => Assert.InRange(fold.Metrics.MicroAccuracy, 0.85, 1));
        Assert.All(
            _context.Regression.CrossValidate(_data, Pipeline("regression"), 3, "Target"),
            fold => Assert.InRange(fold.Metrics.RSquared, 0.85, 1));
    }

    [Fact]
    public void PredictionEngine_ScoresOneRow()
    {
        ContractRow row = ContractRow.Create(1, seed: 9)[0];
        Prediction binary = Predict("binary");
        Assert.Equal(binary.Score > 0, binary.PredictedLabel);
        Assert.Equal(1 / (1 + Math.Exp(-binary.Score)), binary.Probability, 1e-6);
        Assert.Equal(row.Target, Predict("regression").Score, 1f);

        Prediction Predict(string task)
        {
            using PredictionEngine<ContractRow, Prediction> engine =
                _context.Model.CreatePredictionEngine<ContractRow, Prediction>(Pipeline(task).Fit(_data));
            return engine.Predict(row);
        }
    }

    [Fact]
    public void MapKeyToValue_AfterTheTrainer_GivesTheClassByName()
    {
        IEstimator<ITransformer> pipeline = Pipeline("multiclass").Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        using PredictionEngine<ContractRow, NamedPrediction> engine =
            _context.Model.CreatePredictionEngine<ContractRow, NamedPrediction>(pipeline.Fit(_data));
        ContractRow[] rows = ContractRow.Create(100, seed: 2);
        Assert.InRange(rows.Count(row => engine.Predict(row).PredictedLabel == row.Kind), 85, 100);
        Assert.Equal(1, engine.Predict(rows[0]).Score.Sum(), 1e-5f);
    }

    [Fact]
    public void PermutationFeatureImportance_IsZeroExactlyForWhatWasDropped()
    {
        IDataView data = ContractRow.Pipeline(_context).Fit(_data).Transform(_data);
        var binary = (BinaryPredictionTransformer<DGatingBinaryModelParameters>)TrainingTask.Get("binary").Trainer(_context, 3).Fit(data);
        ImmutableDictionary<string, BinaryClassificationMetricsStatistics> byBinary =
            _context.BinaryClassification.PermutationFeatureImportanceNonCalibrated(binary, data, "Flag");
        Assert.Equal(0, byBinary["Three"].Accuracy.Mean);
        Assert.InRange(byBinary["One"].Accuracy.Mean, -1, -0.1);

        ITransformer multiclass = TrainingTask.Get("multiclass").Trainer(_context, 3).Fit(data);
        ImmutableDictionary<string, MulticlassClassificationMetricsStatistics> byMulticlass =
            _context.MulticlassClassification.PermutationFeatureImportance(multiclass, data, "Kind");
        Assert.Equal(0, byMulticlass["Three"].MicroAccuracy.Mean);
        Assert.InRange(byMulticlass["One"].MicroAccuracy.Mean, -1, -0.1);

        ITransformer regression = TrainingTask.Get("regression").Trainer(_context, 3).Fit(data);
        ImmutableDictionary<string, RegressionMetricsStatistics> byRegression =
            _context.Regression.PermutationFeatureImportance(regression, data, "Target");
        Assert.Equal(0, byRegression["Three"].RSquared.Mean);
        Assert.InRange(byRegression["One"].RSquared.Mean, -10, -0.1);
    }

    [Theory, AllTasks]
    public void Fit_OfTheCatalogsShortForm_UsesTheColumnsNamed(string task)
    {
        var training = TrainingTask.Get(task);
        IDataView rows = DataRow.View(_context, Planted.Linear(60, 4, 2, seed: 1));
        IDataView data = _context.Transforms.CopyColumns("Inputs", "Features").Fit(rows).Transform(rows);
        var fitted = new Fitted(training.CreateSimply(_context, training.Label, "Inputs", "Weight", 1, null, 2).Fit(data));
        Assert.Equal("Inputs", fitted.Report.FeatureColumnName);
        Assert.InRange(Assert.Single(fitted.Selected), 0, 1);
    }

    private IEstimator<ITransformer> Pipeline(string task) => ContractRow.Pipeline(_context).Append(
        TrainingTask.Get(task).Trainer(_context, count: 3, options => options.NumberOfRefitIterations = 40));

    private sealed class Prediction
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }
    }

    private sealed class NamedPrediction
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
