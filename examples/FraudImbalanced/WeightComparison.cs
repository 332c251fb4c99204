using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating;

namespace FraudImbalanced;

/// <summary>One line for each weighting: how well it ranks the test rows, and what becomes of the rare class at two thresholds.</summary>
internal sealed class WeightComparison
{
    private const double AlertRate = 0.05;
    private const int Features = 6;

    private readonly MLContext _mlContext;
    private readonly DataOperationsCatalog.TrainTestData _rows;

    public WeightComparison(MLContext mlContext, DataOperationsCatalog.TrainTestData rows)
    {
        _mlContext = mlContext;
        _rows = rows;
        string budget = $"alerts for {AlertRate:p0} of the rows";
        Console.WriteLine();
        Console.WriteLine($"  {"",-22}{"",18}{"threshold ½",30}{budget,32}");
        Console.WriteLine($"  {"",-22}{"AUC",9}{"PR-AUC",9}" +
            $"{"alerts",10}{"recall",10}{"precision",10}{"alerts",12}{"recall",10}{"precision",10}");
    }

    /// <summary>Fits, tests and prints.</summary>
    public FeatureSelectionReport Add(Weighting weighting)
    {
        var trainer = _mlContext.BinaryClassification.Trainers.DGating(
            exampleWeightColumnName: Weighting.Column, maximumFeatureCount: Features);
        var model = PersonFeatures.Pipeline(_mlContext).Append(trainer).Fit(weighting.Apply(_mlContext, _rows.TrainSet));
        FeatureSelectionReport report = model.LastTransformer.Model.FeatureSelection;

        IDataView scored = model.Transform(_rows.TestSet);
        BinaryClassificationMetrics metrics = _mlContext.BinaryClassification.EvaluateNonCalibrated(scored);

        // The threshold comes from the training rows: those to come are not known when it is set. The score is the logit, so ½ is 0.
        float threshold = Alerts.Threshold(model.Transform(_rows.TrainSet), AlertRate);
        Console.WriteLine($"  {weighting.Name,-22}{metrics.AreaUnderRocCurve,9:f3}{metrics.AreaUnderPrecisionRecallCurve,9:f3}" +
            $"{Cells(Alerts.Above(scored, 0))}  {Cells(Alerts.Above(scored, threshold))}");
        return report;

        static string Cells(Alerts alerts) => $"{alerts.Rate,10:p1}{alerts.Recall,10:p1}{alerts.Precision,10:p1}";
    }
}
