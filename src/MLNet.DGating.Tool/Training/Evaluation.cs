using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Pipelines;

namespace MLNet.DGating.Tool.Training;

/// <summary>Quality on rows that were not trained on.</summary>
internal static class Evaluation
{
    /// <returns>No metrics where the rows are none, or all of one class.</returns>
    public static (IReadOnlyList<Metric> Metrics, long Rows) Run(MLContext mlContext, LabelColumn label, IDataView scored)
    {
        long rows = 0;
        var classes = new HashSet<bool>();
        using (DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema[label.Name]]))
        {
            ValueGetter<bool>? getter = label.Task == LearningTask.Binary ? cursor.GetGetter<bool>(scored.Schema[label.Name]) : null;
            bool isPositive = false;
            while (cursor.MoveNext())
            {
                rows++;
                getter?.Invoke(ref isPositive);
                classes.Add(isPositive);
            }
        }

        // ML.NET knows no area under a curve of one class.
        bool canEvaluate = rows > 0 && (label.Task != LearningTask.Binary || classes.Count == 2);
        return (canEvaluate ? Metrics(mlContext, label, scored) : [], rows);
    }

    private static IReadOnlyList<Metric> Metrics(MLContext mlContext, LabelColumn label, IDataView scored)
    {
        switch (label.Task)
        {
            case LearningTask.Binary:
                CalibratedBinaryClassificationMetrics binary = mlContext.BinaryClassification.Evaluate(scored, label.Name);
                return
                [
                    new("accuracy", binary.Accuracy), new("areaUnderRocCurve", binary.AreaUnderRocCurve),
                    new("areaUnderPrecisionRecallCurve", binary.AreaUnderPrecisionRecallCurve), new("f1Score", binary.F1Score), new("logLoss", binary.LogLoss),
                ];
            case LearningTask.Multiclass:
                MulticlassClassificationMetrics several = mlContext.MulticlassClassification.Evaluate(scored, label.Name);
                return [new("accuracy", several.MicroAccuracy), new("macroAccuracy", several.MacroAccuracy), new("logLoss", several.LogLoss)];
            default:
                RegressionMetrics regression = mlContext.Regression.Evaluate(scored, label.Name);
                return [new("rSquared", regression.RSquared), new("rootMeanSquaredError", regression.RootMeanSquaredError), new("meanAbsoluteError", regression.MeanAbsoluteError)];
        }
    }
}
